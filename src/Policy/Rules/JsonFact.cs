using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Rules;

/// <summary>What a host must say under a URL: a value in its JSON, compared with another.</summary>
/// <remarks>
/// Who asks is the Ursula, and only hosts that her operator names. Judging is pure: any bytes are judged, and what is
/// no JSON, or has no such value, is not known. Source of the pointer: RFC 6901.
/// </remarks>
public sealed record JsonFact
{
    /// <summary>The longest URL, in bytes; 200.</summary>
    public const int MaxUrlSize = 200;

    /// <summary>The longest path, in bytes; 100.</summary>
    public const int MaxPathSize = 100;

    /// <summary>The longest value, in bytes; 64.</summary>
    public const int MaxValueSize = 64;

    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 16 };

    private readonly string[] _steps;
    private readonly JsonElement _wanted;

    private JsonFact(
        string url, string[] steps, string path, JsonComparison comparison, string value, JsonElement wanted)
    {
        (Url, Path, Comparison, Value) = (url, path, comparison, value);
        (_steps, _wanted) = (steps, wanted);
    }

    /// <summary>An absolute https URL.</summary>
    public string Url { get; }

    /// <summary>Where in the JSON, as a JSON pointer; empty: all of it.</summary>
    public string Path { get; }

    /// <summary>How to compare.</summary>
    public JsonComparison Comparison { get; }

    /// <summary>With what: a JSON string, number, true or false.</summary>
    public string Value { get; }

    /// <summary>Whom to ask: the URL's host name.</summary>
    public string Host => new Uri(Url).IdnHost;

    /// <summary>Makes a fact; false if one of its parts is none.</summary>
    public static bool TryCreate(
        string url, string path, JsonComparison comparison, string value, [NotNullWhen(true)] out JsonFact? fact)
    {
        fact = IsUrl(url) && StepsOf(path) is { } steps && ValueOf(value) is { } wanted
            && (comparison is JsonComparison.Equal or JsonComparison.NotEqual
                || (Enum.IsDefined(comparison) && wanted.ValueKind == JsonValueKind.Number))
            ? new JsonFact(url, steps, path, comparison, value, wanted)
            : null;
        return fact is not null;
    }

    /// <summary>Whether these bytes, which the host sent, say so.</summary>
    public Truth Judge(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Depth);
            return Find(document.RootElement) is { } found ? Compare(found) : Truth.Unknown;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // no JSON; half a surrogate
        {
            return Truth.Unknown;
        }
    }

    internal static JsonFact? Read(ref FieldReader reader)
    {
        var (url, path) = (Text(reader.Prefixed(MaxUrlSize)), Text(reader.Prefixed(MaxPathSize)));
        var (comparison, value) = ((JsonComparison)reader.Byte(), Text(reader.Prefixed(MaxValueSize)));
        if (url is not null && path is not null && value is not null
            && TryCreate(url, path, comparison, value, out var fact))
            return fact;
        reader.Refuse();
        return null;
    }

    internal void Write(FieldWriter writer) => writer
        .Prefixed(Encoding.UTF8.GetBytes(Url)).Prefixed(Encoding.UTF8.GetBytes(Path)).Byte((byte)Comparison)
        .Prefixed(Encoding.UTF8.GetBytes(Value));

    private static string? Text(ReadOnlySpan<byte> bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    // One spelling of a URL: the one that is asked for.
    private static bool IsUrl(string text) =>
        text.Length <= MaxUrlSize && Ascii.IsValid(text) && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.Fragment.Length == 0
            && url.HostNameType == UriHostNameType.Dns && url.AbsoluteUri == text;

    private static string[]? StepsOf(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > MaxPathSize)
            return null;
        if (path.Length == 0)
            return [];
        var parts = path.Split('/');
        var isOne = parts[0].Length == 0 && parts.All(
            part => part.Index().All(c => c.Item != '~' || part.AsSpan(c.Index + 1) is ['0' or '1', ..]));
        return isOne ? [.. parts[1..].Select(part => part.Replace("~1", "/").Replace("~0", "~"))] : null;
    }

    private static JsonElement? ValueOf(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxValueSize)
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            var value = document.RootElement;
            return value.ValueKind switch
            {
                JsonValueKind.String when value.GetString() is not null => value.Clone(),
                JsonValueKind.Number when value.TryGetDecimal(out _) => value.Clone(),
                JsonValueKind.True or JsonValueKind.False => value.Clone(),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private JsonElement? Find(JsonElement root)
    {
        var found = root;
        foreach (var step in _steps)
        {
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(step, out var member))
                found = member;
            else if (found.ValueKind == JsonValueKind.Array && IndexOf(step) is { } index
                && index < found.GetArrayLength())
                found = found[index];
            else
                return null;
        }

        return found;
    }

    private static int? IndexOf(string step) =>
        (step == "0" || step is [>= '1' and <= '9', ..])
            && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    private Truth Compare(JsonElement found) => Comparison switch
    {
        JsonComparison.Equal => Equals(found),
        JsonComparison.NotEqual => Equals(found) switch
        {
            Truth.True => Truth.False,
            Truth.False => Truth.True,
            _ => Truth.Unknown,
        },
        _ => found.ValueKind == JsonValueKind.Number && found.TryGetDecimal(out var number)
            ? Of(IsOrdered(number.CompareTo(_wanted.GetDecimal())))
            : Truth.Unknown,
    };

    private Truth Equals(JsonElement found) => (found.ValueKind, _wanted.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => Of(found.GetString() == _wanted.GetString()),
        (JsonValueKind.Number, JsonValueKind.Number) =>
            found.TryGetDecimal(out var number) ? Of(number == _wanted.GetDecimal()) : Truth.Unknown,
        _ => Of(found.ValueKind == _wanted.ValueKind),
    };

    private bool IsOrdered(int order) => Comparison switch
    {
        JsonComparison.Less => order < 0,
        JsonComparison.LessOrEqual => order <= 0,
        JsonComparison.Greater => order > 0,
        _ => order >= 0,
    };

    private static Truth Of(bool holds) => holds ? Truth.True : Truth.False;

    /// <inheritdoc/>
    public bool Equals(JsonFact? other) =>
        other is not null
            && (Url, Path, Comparison, Value) == (other.Url, other.Path, other.Comparison, other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Url, Path, Comparison, Value);
}

using System.Globalization;

namespace NuCypher.P2P.ActorRuntime.Configuration;

/// <summary>An object of a configuration. Reading a key makes it known; what nobody read is an error in the end.</summary>
/// <remarks>
/// Keys may be dotted. A missing key gives the default; a value of the wrong form throws a <see cref="ConfigurationException"/> that names
/// key, place and the form that is expected. Read everything into option records, then call <see cref="RefuseUnknownKeys"/> on the root.
/// </remarks>
public sealed class ConfigSection
{
    private readonly ConfigObject _object;
    private readonly Dictionary<string, ConfigSection> _sections = [];

    internal ConfigSection(string path, ConfigObject value) => (Path, _object) = (path, value);

    /// <summary>The dotted path from the root; empty for the root.</summary>
    public string Path { get; }

    /// <summary>True if the key has a value.</summary>
    public bool Has(string key) => _object.Find(Segments(key)) is not null;

    /// <summary>The section of that key; an empty one if it is missing.</summary>
    public ConfigSection GetSection(string key)
    {
        if (_sections.TryGetValue(key, out var known))
            return known;
        var value = Find(key);
        if (value is not (null or ConfigObject))
            throw Wrong(key, value, "a block { … }");
        return _sections[key] = new ConfigSection(FullPath(key), value as ConfigObject ?? new ConfigObject("default", 0));
    }

    /// <summary>Text; null if the key is missing.</summary>
    public string? GetString(string key) => FindText(key, "text")?.Text;

    /// <summary>Text.</summary>
    public string GetString(string key, string defaultValue) => GetString(key) ?? defaultValue;

    /// <summary>A whole number within limits, both included.</summary>
    public int GetInt32(string key, int defaultValue, int min = int.MinValue, int max = int.MaxValue) =>
        Get(key, defaultValue, Limits(min, max), (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    /// <summary>A number.</summary>
    public double GetDouble(string key, double defaultValue) =>
        Get(key, defaultValue, "a number", (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary><c>true</c>, <c>yes</c>, <c>on</c>, or <c>false</c>, <c>no</c>, <c>off</c>.</summary>
    public bool GetBoolean(string key, bool defaultValue) => Get(key, defaultValue, "true or false", (string text, out bool value) =>
    {
        value = text is "true" or "yes" or "on";
        return value || text is "false" or "no" or "off";
    });

    /// <summary>A duration such as <c>10s</c>, <c>500ms</c>, <c>2 minutes</c>; without a unit milliseconds. Not negative.</summary>
    public TimeSpan GetTimeSpan(string key, TimeSpan defaultValue) =>
        Get<TimeSpan>(key, defaultValue, "a duration such as 10s or 500ms", Quantities.TryReadDuration);

    /// <summary>A number of bytes such as <c>64KiB</c> or <c>1MB</c> (powers of 1,024 and of 1,000). Not negative.</summary>
    public long GetByteSize(string key, long defaultValue) =>
        Get<long>(key, defaultValue, "a size such as 64KiB or 1MB", Quantities.TryReadSize);

    /// <summary>The name of a member of an enumeration, with or without hyphens, in any case.</summary>
    public TEnum GetEnum<TEnum>(string key, TEnum defaultValue)
        where TEnum : struct, Enum => Get(key, defaultValue, $"one of {string.Join(", ", Enum.GetNames<TEnum>())}", (string text, out TEnum value) =>
        Enum.TryParse(text.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true, out value)
        && text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] != '-' && Enum.IsDefined(value));

    /// <summary>A list of texts; empty if the key is missing.</summary>
    public IReadOnlyList<string> GetStringList(string key)
    {
        var value = Find(key);
        if (value is null)
            return [];
        if (value is not ConfigList list || !list.Items.All(item => item is ConfigScalar))
            throw Wrong(key, value, "a list of texts [ … ]");
        return [.. list.Items.Cast<ConfigScalar>().Select(item => item.Text)];
    }

    /// <summary>Sets a key to a text from somewhere else, such as an option of the command line.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">The text.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    public void Override(string key, string value, string origin) =>
        _object.Set(Segments(key), new ConfigScalar(value, origin, 0));

    /// <summary>An error about the value of a key: it is well-formed, but makes no sense.</summary>
    public ConfigurationException Error(string key, string message) =>
        (_object.Find(Segments(key)) ?? _object).Error($"'{FullPath(key)}' {message}");

    /// <summary>Fails if the section, or one below it, holds a key that nobody has read.</summary>
    /// <exception cref="ConfigurationException">There is such a key; the exception names its line.</exception>
    public void RefuseUnknownKeys() => RefuseUnknown(_object, Path);

    private static string[] Segments(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return key.Split('.');
    }

    private static string Limits(int min, int max) => (min, max) switch
    {
        (int.MinValue, int.MaxValue) => "a whole number",
        (_, int.MaxValue) => FormattableString.Invariant($"a whole number from {min}"),
        _ => FormattableString.Invariant($"a whole number from {min} to {max}"),
    };

    private string FullPath(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private static void RefuseUnknown(ConfigObject value, string path)
    {
        foreach (var (key, member) in value.Members)
        {
            var full = path.Length == 0 ? key : $"{path}.{key}";
            if (member is ConfigObject inner && (inner.IsRead || inner.Members.Count > 0))
                RefuseUnknown(inner, full);
            else if (!member.IsRead)
                throw member.Error($"unknown key '{full}'; known there: {string.Join(", ", value.Known)}.");
        }
    }

    private ConfigNode? Find(string key)
    {
        var found = _object.Find(Segments(key));
        if (found is not null)
            found.IsRead = true;
        return found;
    }

    private ConfigScalar? FindText(string key, string expected) => Find(key) switch
    {
        null => null,
        ConfigScalar scalar => scalar,
        var other => throw Wrong(key, other, expected),
    };

    private T Get<T>(string key, T defaultValue, string expected, TryRead<T> tryRead)
    {
        if (FindText(key, expected) is not { } scalar)
            return defaultValue;
        return tryRead(scalar.Text, out var value) ? value : throw Wrong(key, scalar, expected);
    }

    private ConfigurationException Wrong(string key, ConfigNode value, string expected)
    {
        var found = value is ConfigScalar scalar ? $"'{scalar.Text}'" : value is ConfigList ? "a list" : "a block";
        return value.Error($"'{FullPath(key)}' is {found}, expected {expected}.");
    }

    private delegate bool TryRead<T>(string text, out T value);
}

using System.Globalization;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace NuCypher.P2P.Actors.Configuration;

/// <summary>A block of a configuration. Reading a key makes it known; what nobody read is refused in the end.</summary>
/// <remarks>
/// Keys may be dotted. A missing key gives the default; a value of the wrong form throws a
/// <see cref="ConfigurationException"/> that names key, place and the form that is expected. Read everything into
/// option records, then call <see cref="RefuseUnknownKeys"/> on the root.
/// </remarks>
public sealed class ConfigSection
{
    private readonly HoconObject _block;
    private readonly ConfigSource _source;

    internal ConfigSection(string path, HoconObject block, ConfigSource source) =>
        (Path, _block, _source) = (path, block, source);

    /// <summary>The dotted path from the root; empty for the root.</summary>
    public string Path { get; }

    /// <summary>True if the key has a value.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The section of that key; an empty one if it is missing.</summary>
    public ConfigSection GetSection(string key) => Read(key) switch
    {
        null => new ConfigSection(FullPath(key), new HoconObject(), _source),
        var value when value.AsBlock() is { } block => new ConfigSection(FullPath(key), block, _source),
        var other => throw Wrong(key, other, "a block { … }"),
    };

    /// <summary>A section whose other keys are not ours: <see cref="RefuseUnknownKeys"/> leaves it out.</summary>
    public ConfigSection GetUncheckedSection(string key)
    {
        if (Find(key) is { } value)
            _source.MarkUnchecked(value);
        return GetSection(key);
    }

    /// <summary>The block as Akka reads it, with everything that was overridden until now or will be.</summary>
    public Config ToConfig()
    {
        var value = new HoconValue();
        value.NewValue(_block);
        return new Config(new HoconRoot(value));
    }

    /// <summary>Text; null if the key is missing.</summary>
    public string? GetString(string key) => FindText(key, "text");

    /// <summary>Text.</summary>
    public string GetString(string key, string defaultValue) => GetString(key) ?? defaultValue;

    /// <summary>A whole number within limits, both included.</summary>
    public int GetInt32(string key, int defaultValue, int min = int.MinValue, int max = int.MaxValue) =>
        Get(key, defaultValue, Limits(min, max), (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= min && value <= max);

    /// <summary>A number.</summary>
    public double GetDouble(string key, double defaultValue) =>
        Get(key, defaultValue, "a number", (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value));

    /// <summary><c>true</c>, <c>yes</c>, <c>on</c>, or <c>false</c>, <c>no</c>, <c>off</c>.</summary>
    public bool GetBoolean(string key, bool defaultValue) =>
        Get(key, defaultValue, "true or false", (string text, out bool value) =>
        {
            value = text is "true" or "yes" or "on";
            return value || text is "false" or "no" or "off";
        });

    /// <summary>A duration such as <c>10s</c>, <c>500ms</c>, <c>2 minutes</c>; bare: ms. Not negative.</summary>
    public TimeSpan GetTimeSpan(string key, TimeSpan defaultValue) =>
        Get<TimeSpan>(key, defaultValue, "a duration such as 10s or 500ms", Quantities.TryReadDuration);

    /// <summary>A number of bytes such as <c>64KiB</c> or <c>1MB</c> (of 1,024 and of 1,000). Not negative.</summary>
    public long GetByteSize(string key, long defaultValue) =>
        Get<long>(key, defaultValue, "a size such as 64KiB or 1MB", Quantities.TryReadSize);

    /// <summary>The name of a member of an enumeration, with or without hyphens, in any case.</summary>
    public TEnum GetEnum<TEnum>(string key, TEnum defaultValue)
        where TEnum : struct, Enum
    {
        var expected = $"one of {string.Join(", ", Enum.GetNames<TEnum>())}";
        return Get(key, defaultValue, expected, (string text, out TEnum value) =>
            Enum.TryParse(text.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true, out value)
            && text.Length > 0 && !char.IsAsciiDigit(text[0]) && text[0] != '-' && Enum.IsDefined(value));
    }

    /// <summary>A list of texts; empty if the key is missing.</summary>
    public IReadOnlyList<string> GetStringList(string key)
    {
        if (Read(key) is not { } value)
            return [];
        return value.AsList() is { } list && list.Select(item => item.AsText()).OfType<string>().ToArray() is var texts
            && texts.Length == list.Count ? texts : throw Wrong(key, value, "a list of texts [ … ]");
    }

    /// <summary>Sets a key to a value from somewhere else, such as an option of the command line.</summary>
    /// <param name="key">Which.</param>
    /// <param name="value">A text, or a list <c>[ … ]</c>.</param>
    /// <param name="origin">Where it comes from, for errors.</param>
    /// <exception cref="ConfigurationException">The key is none or too deep, or the list malformed.</exception>
    public void Override(string key, string value, string origin)
    {
        var segments = Segments(key);
        if (segments.Length > Hocon.MaxDepth || segments.Contains(string.Empty))
            throw new ConfigurationException($"'{key}' is not a key.", origin, 0);
        var (block, path) = (_block, Path);
        foreach (var segment in segments[..^1])
        {
            path = path.Length == 0 ? segment : $"{path}.{segment}";
            block = BlockAt(block.GetOrCreateKey(segment), path, origin);
        }

        block.GetOrCreateKey(segments[^1]).NewValue(Hocon.ParseValue(value, origin));
        _source.SetOrigin(FullPath(key), origin);
    }

    /// <summary>An error about the value of a key: it is well-formed, but makes no sense.</summary>
    public ConfigurationException Error(string key, string message) =>
        _source.Error(FullPath(key), $"'{FullPath(key)}' {message}");

    /// <summary>Fails if the section, or one below it, holds a key that nobody has read.</summary>
    /// <exception cref="ConfigurationException">There is such a key; the exception names its line.</exception>
    public void RefuseUnknownKeys() => RefuseUnknown(_block, Path);

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

    private void RefuseUnknown(HoconObject block, string path)
    {
        foreach (var (key, value) in block.Items.Where(item => !_source.IsUnchecked(item.Value)))
        {
            var full = path.Length == 0 ? key : $"{path}.{key}";
            if (value.AsBlock() is { } inner && (_source.IsRead(value) || inner.Items.Count > 0))
                RefuseUnknown(inner, full);
            else if (!_source.IsRead(value))
                throw Unknown(block, full);
        }
    }

    private ConfigurationException Unknown(HoconObject block, string path) =>
        _source.Error(path, $"unknown key '{path}'; known there: {string.Join(", ", _source.KnownIn(block))}.");

    private HoconObject BlockAt(HoconValue value, string path, string origin)
    {
        if (value.AsBlock() is { } block)
            return block;
        block = new HoconObject();
        value.NewValue(block);
        _source.SetOrigin(path, origin);
        return block;
    }

    private HoconValue? Find(string key)
    {
        HoconObject? block = _block;
        HoconValue? found = null;
        foreach (var segment in Segments(key))
        {
            if (block is null)
                return null;
            _source.KnownIn(block).Add(segment);
            found = block.Items.GetValueOrDefault(segment);
            block = found?.AsBlock();
        }

        return found;
    }

    private HoconValue? Read(string key)
    {
        var found = Find(key);
        if (found is not null)
            _source.MarkRead(found);
        return found;
    }

    private string? FindText(string key, string expected) => Read(key) switch
    {
        null => null,
        var value => value.AsText() ?? throw Wrong(key, value, expected),
    };

    private T Get<T>(string key, T defaultValue, string expected, TryRead<T> tryRead)
    {
        if (FindText(key, expected) is not { } text)
            return defaultValue;
        return tryRead(text, out var value) ? value : throw Wrong(key, Find(key)!, expected); // it has a text
    }

    private ConfigurationException Wrong(string key, HoconValue value, string expected)
    {
        var found = value.AsText() is { } text ? $"'{text}'" : value.AsList() is not null ? "a list" : "a block";
        return Error(key, $"is {found}, expected {expected}.");
    }

    private delegate bool TryRead<T>(string text, out T value);
}

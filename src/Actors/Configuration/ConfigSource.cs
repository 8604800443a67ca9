using Akka.Configuration.Hocon;

namespace NuCypher.P2P.Actors.Configuration;

/// <summary>Where the values of one configuration come from, and which of them anybody asked for.</summary>
internal sealed class ConfigSource(string origin, IReadOnlyDictionary<string, int> lines)
{
    private readonly Dictionary<string, string> _overrides = new(StringComparer.Ordinal);
    private readonly Dictionary<HoconObject, SortedSet<string>> _known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<HoconValue> _read = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<HoconValue> _unchecked = new(ReferenceEqualityComparer.Instance);

    /// <summary>Sets where a value comes from, if not from the file.</summary>
    public void SetOrigin(string path, string origin) => _overrides[path] = origin;

    public void MarkRead(HoconValue value) => _read.Add(value);

    public bool IsRead(HoconValue value) => _read.Contains(value);

    public void MarkUnchecked(HoconValue value) => _unchecked.Add(value);

    public bool IsUnchecked(HoconValue value) => _unchecked.Contains(value);

    /// <summary>The keys of a block that were asked for, whether they are there or not.</summary>
    public SortedSet<string> KnownIn(HoconObject block)
    {
        if (!_known.TryGetValue(block, out var known))
            _known[block] = known = new SortedSet<string>(StringComparer.Ordinal);
        return known;
    }

    /// <summary>An error about a key; one that is missing stands where its block does.</summary>
    public ConfigurationException Error(string path, string message)
    {
        for (var at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (_overrides.TryGetValue(at, out var overriding))
                return new ConfigurationException(message, overriding, 0);
            if (lines.TryGetValue(at, out var line))
                return new ConfigurationException(message, origin, line);
        }

        return new ConfigurationException(message, origin, 0);
    }
}

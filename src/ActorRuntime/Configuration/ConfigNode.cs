namespace NuCypher.P2P.ActorRuntime.Configuration;

/// <summary>A value, with where it stands and whether anybody asked for it.</summary>
internal abstract class ConfigNode(string origin, int line)
{
    public string Origin => origin;

    public int Line => line;

    public bool IsRead { get; set; }

    public ConfigurationException Error(string message) => new(message, origin, line);
}

internal sealed class ConfigScalar(string text, string origin, int line) : ConfigNode(origin, line)
{
    public string Text => text;
}

internal sealed class ConfigList(IReadOnlyList<ConfigNode> items, string origin, int line) : ConfigNode(origin, line)
{
    public IReadOnlyList<ConfigNode> Items => items;
}

/// <summary>Keys in the order of their first appearance.</summary>
internal sealed class ConfigObject(string origin, int line) : ConfigNode(origin, line)
{
    private readonly Dictionary<string, ConfigNode> _members = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ConfigNode> Members => _members;

    /// <summary>The keys that were asked for, whether they are there or not.</summary>
    public SortedSet<string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets a key: objects are merged, everything else replaces.</summary>
    public void Set(ReadOnlySpan<string> path, ConfigNode value)
    {
        if (path.Length > 1)
            ObjectAt(path[0], value).Set(path[1..], value);
        else if (value is ConfigObject added && _members.GetValueOrDefault(path[0]) is ConfigObject existing)
            existing.Merge(added);
        else
            _members[path[0]] = value;
    }

    public ConfigNode? Find(ReadOnlySpan<string> path)
    {
        Known.Add(path[0]);
        var found = _members.GetValueOrDefault(path[0]);
        return path.Length == 1 ? found : (found as ConfigObject)?.Find(path[1..]);
    }

    private void Merge(ConfigObject added)
    {
        foreach (var (key, value) in added._members)
            Set([key], value);
    }

    private ConfigObject ObjectAt(string key, ConfigNode position)
    {
        if (_members.GetValueOrDefault(key) is not ConfigObject existing)
            _members[key] = existing = new ConfigObject(position.Origin, position.Line);
        return existing;
    }
}

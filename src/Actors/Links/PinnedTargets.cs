using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Links;

/// <summary>The targets with open connections: at most a fixed number, the one used longest ago makes room.</summary>
/// <remarks>
/// Not for several threads at a time. A target in use is never closed, so more than the limit live while all are in
/// use.
/// </remarks>
internal sealed class PinnedTargets(HttpsLinkOptions options) : IDisposable
{
    private readonly Dictionary<TargetKey, Entry> _entries = [];
    private long _clock;

    /// <summary>How many targets are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>
    /// Takes a target into use; give it back with <see cref="Release"/>. Null if the address is not one.
    /// </summary>
    public PinnedTarget? Acquire(ServiceAddress address)
    {
        var key = TargetKey.Of(address);
        if (!_entries.TryGetValue(key, out var entry))
        {
            if (!PinnedTarget.TryCreate(address, options, out var target))
                return null;
            _entries.Add(key, entry = new Entry(target!));
        }
        entry.Users++;
        entry.LastUse = ++_clock;
        Trim();
        return entry.Target;
    }

    /// <summary>Ends one use of a target that <see cref="Acquire"/> gave.</summary>
    public void Release(ServiceAddress address)
    {
        _entries[TargetKey.Of(address)].Users--;
        Trim();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in _entries.Values)
            entry.Target.Dispose();
        _entries.Clear();
    }

    private void Trim()
    {
        if (_entries.Count <= options.MaxTargets)
            return;
        var (key, oldest) = _entries.Where(e => e.Value.Users == 0).OrderBy(e => e.Value.LastUse).FirstOrDefault();
        if (oldest is null)
            return;
        _entries.Remove(key);
        oldest.Target.Dispose();
    }

    private sealed class Entry(PinnedTarget target)
    {
        public PinnedTarget Target => target;

        public int Users { get; set; }

        public long LastUse { get; set; }
    }

    private readonly record struct TargetKey(string Host, ushort Port, Digest Pin)
    {
        public static TargetKey Of(ServiceAddress address) =>
            new(address.Host, address.Port, address.CertificatePin);
    }
}

namespace NuCypher.P2P.Dht;

/// <summary>
/// Addresses that did not answer lately, in the table or not: what one lookup learned the next one need not wait for.
/// </summary>
internal sealed class Doubts(KademliaOptions options, Timeline timeline)
{
    private readonly LruCache<NodeAddress, DateTimeOffset> _until = new(options.MaxDoubts);

    /// <summary>Doubts an address for a while; the oldest doubt gives way.</summary>
    public void Add(NodeAddress address) => _until.Set(address, timeline.Now + options.DoubtTime);

    /// <summary>An answer came from there.</summary>
    public void Clear(NodeAddress address)
    {
        if (_until.Count > 0)
            _until.Remove(address);
    }

    /// <summary>Whether it is better to ask others.</summary>
    public bool Contains(NodeAddress address)
    {
        if (_until.Count == 0 || !_until.TryGet(address, out var until))
            return false;
        if (timeline.Now < until)
            return true;
        _until.Remove(address);
        return false;
    }
}

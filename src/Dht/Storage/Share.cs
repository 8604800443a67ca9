namespace NuCypher.P2P.Dht;

/// <summary>How much of one kind of value is kept: in all, for one publisher, from one source.</summary>
internal sealed class Share(int limit, int perPublisher, int perSource)
{
    private readonly Quota<NodeId> _publishers = new(perPublisher);
    private readonly Quota<NodeAddress> _sources = new(perSource);
    private int _count;

    /// <summary>Whether there is room for one more of whomever.</summary>
    public bool HasRoom => _count < limit;

    public bool HasRoomFor(NodeAddress source) => _sources.HasRoom(source);

    public bool HasRoomOf(NodeId publisher) => _publishers.HasRoom(publisher);

    public void Add(NodeId publisher, NodeAddress source)
    {
        _count++;
        _publishers.Add(publisher);
        _sources.Add(source);
    }

    public void Remove(NodeId publisher, NodeAddress source)
    {
        _count--;
        _publishers.Remove(publisher);
        _sources.Remove(source);
    }
}

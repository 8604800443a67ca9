using NuCypher.P2P.Dht.Tests.Wire;

namespace NuCypher.P2P.Dht.Tests;

/// <summary>A scripted peer of one node under test: what it is sent, and what it answers.</summary>
internal sealed class Peer(KademliaNode node, NodeId id, NodeAddress address)
{
    private readonly RpcWriter _writer = new(id, false);
    private readonly Random _random = new(id.GetHashCode());

    public NodeId Id { get; } = id;

    public NodeAddress Address { get; } = address;

    public Contact Contact => new(Id, Address);

    public RpcWriter Writer => _writer;

    /// <summary>Sends a request; the effects are the node's.</summary>
    public IReadOnlyList<DhtEffect> Request(
        DateTimeOffset now, RpcMethod method, NodeId key = default, ReadOnlySpan<byte> value = default,
        MessageId? messageId = null) =>
        node.Receive(now, Address, _writer.Request(messageId ?? MessageId.Random(_random), method, key, value));

    /// <summary>
    /// Shows that it receives at its address, and says that it stores nothing: it stays out of the table.
    /// </summary>
    public void Prove(DateTimeOffset now)
    {
        foreach (var ping in Sent(Request(now, RpcMethod.Ping), RpcMethod.Ping))
            node.Receive(now, Address, new RpcWriter(Id, true).Pong(IdOf(ping)));
    }

    /// <summary>Answers a ping that the node sent.</summary>
    public IReadOnlyList<DhtEffect> Pong(DateTimeOffset now, Send ping) =>
        node.Receive(now, Address, _writer.Pong(IdOf(ping)));

    /// <summary>Introduces itself: a ping, and the answer to the one that comes back.</summary>
    public IReadOnlyList<DhtEffect> Introduce(DateTimeOffset now)
    {
        var effects = Request(now, RpcMethod.Ping);
        return [.. effects, .. Pong(now, Sent(effects, RpcMethod.Ping).Single())];
    }

    /// <summary>The requests of one method among effects that go to this peer.</summary>
    public IEnumerable<Send> Sent(IReadOnlyList<DhtEffect> effects, RpcMethod method) =>
        effects.OfType<Send>().Where(send => send.To == Address && MethodOf(send) == method);

    /// <summary>The response among effects that goes to this peer.</summary>
    public byte[]? Reply(IReadOnlyList<DhtEffect> effects) =>
        effects.OfType<Send>().SingleOrDefault(
            send => send.To == Address && send.Datagram.Span[0] == RpcHeader.Response)?.Datagram.ToArray();

    public static bool IsResponse(Send send) => send.Datagram.Span[0] == RpcHeader.Response;

    public static MessageId IdOf(Send send) =>
        MessageId.TryRead(send.Datagram.Span[1..RpcHeader.Size], out var id) ? id : default;

    public static RpcMethod? MethodOf(Send send) =>
        send.Datagram.Span[0] == RpcHeader.Request
            && RpcRequest.TryRead(send.Datagram[RpcHeader.Size..], out var request) ? request.Method : null;

    public static List<Contact> ContactsOf(byte[] reply)
    {
        var contacts = new List<Contact>();
        Assert.True(RpcResponse.TryRead(
            reply.AsMemory(RpcHeader.Size), out var response) && response.TryReadContacts(100, contacts));
        return contacts;
    }
}

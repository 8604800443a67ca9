using System.Net;

namespace NuCypher.P2P.Dht.Tests.Wire;

public sealed class RpcWriterTests
{
    private static readonly Random Random = new(1);

    [Theory, InlineData("1.2.3.4", 20), InlineData("2001:db8:1111:2222:3333:4444:5555:6666", 18)]
    public void Nodes_TwentyContacts_FitTheDatagram(string host, int atLeast)
    {
        var contacts = Enumerable.Range(0, 20).Select(
            _ => new Contact(NodeId.Random(Random), new(IPAddress.Parse(host), 65535))).ToArray();

        var datagram = new RpcWriter(NodeId.Random(Random), clientMode: true).Nodes(
            MessageId.Random(Random), contacts, 1232);

        var read = new List<Contact>();
        Assert.True(RpcHeader.TryRead(datagram, out _, out var id, out var body) && id != default);
        Assert.True(
            RpcResponse.TryRead(body, out var response) && response.TryReadContacts(20, read) && response.FromClient);
        Assert.InRange(datagram.Length, 1, 1232 + RpcHeader.ClientTrailer.Length);
        Assert.True(read.Count >= atLeast - 2, $"{read.Count}");
        Assert.Equal(contacts.Take(read.Count), read);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Request_StoreOfTheLongestRecord_FillsTheDatagramExactly(bool client)
    {
        var value = PlainValue.FromBytes(new byte[SignedRecord.MaxSize]).Encoded.Span;

        var datagram = new RpcWriter(default, client).Request(
            MessageId.Random(Random), RpcMethod.Store, default, value);

        Assert.Equal(new KademliaOptions().MaxDatagramSize, datagram.Length);
    }
}

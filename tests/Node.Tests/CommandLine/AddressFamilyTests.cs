using System.Net;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class AddressFamilyTests : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("families");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Theory, InlineData("127.0.0.1"), InlineData("::1")]
    public async Task Dht_PingOfASeedOfEitherFamily_IsAnswered(string host)
    {
        var transport = _system.ActorOf(ActorProps.Of(() => new UdpTransportActor()));
        var (id, random) = (NodeId.FromPlainKey("seed"u8), new UnpredictableRandom());
        _system.ActorOf(ActorProps.Of(() => new KademliaActor(
            id, new KademliaOptions(), RecordSignatures.Verify, random, transport)));
        var bound = await transport.Ask<Bound>(new Bind(new NodeAddress(IPAddress.Parse(host), 0)));

        var ping = await Terminal.RunAsync("dht", "ping", "--join", bound.Address.ToString(), "--json");

        Assert.True(ping.Code == ExitCode.Success, ping.Error);
    }
}

using System.Net;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Actors.Tests.Worlds;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Tests.Network;

public sealed class KademliaClockTests
{
    private readonly OneMachine _world = new(3);

    [Theory, InlineData(5, 10, 1), InlineData(30, 10, 0), InlineData(5, 1, 0), InlineData(30, 60, 1)]
    public void HeldRecord_ClockAheadForSoLong_IsForgottenOnlyIfTheClockKeepsToIt(int minutes, int doubt, int held)
    {
        var options = new ClockGuardOptions { JumpDoubt = TimeSpan.FromMinutes(doubt) };
        var id = NodeId.Random(new Random(1));
        var transport = _world.Start(ScriptedActor.Silent([]));
        var node = _world.Start(ActorProps.Of(() => new KademliaActor(
            id, new KademliaOptions(), RecordSignatures.Verify, new Random(2), transport, clock: options)));
        node.Tell(new RestoreRecords([new HeldRecord(Record(), new NodeAddress(IPAddress.Loopback, 9))]));
        _world.RunFor(TimeSpan.FromMinutes(2));

        _world.Machine.StepClock(TimeSpan.FromDays(20));
        _world.RunFor(TimeSpan.FromMinutes(minutes));
        _world.Machine.StepClock(-TimeSpan.FromDays(20));

        Assert.Equal(held, _world.Ask<HeldRecords>(node, new GetHeldRecords()).Records.Count);
    }

    private SignedRecord Record()
    {
        using var stranger = Identity.Random(new OperatingSystemRandom());
        return new NodeRecord(
            stranger.VerifyingKey, stranger.EncryptingKey, NodeCapabilities.Dht,
            new NodeAddress(IPAddress.Loopback, 9), "", 0, default)
            .ToRecord(stranger.Signer, 1, _world.Now.AddDays(1), new OperatingSystemRandom());
    }
}

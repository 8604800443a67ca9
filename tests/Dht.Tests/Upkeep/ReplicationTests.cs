using NuCypher.P2P.Dht.Tests.Records;

namespace NuCypher.P2P.Dht.Tests.Upkeep;

public sealed class ReplicationTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(59, 0), InlineData(61, 1)]
    public void Received_RecordThatEndsBeforeItsNextRound_IsNotPlanned(int minutes, int planned)
    {
        var swarm = new Swarm(NodeId.Random(new Random(1)), new KademliaOptions(), DigestSigner.Verify, new Random(2));
        swarm.Timeline.Advance(Start);
        var replication = new Replication(swarm);

        replication.Received(DigestSigner.Record(DigestSigner.Publisher(1), Start.AddMinutes(minutes)));

        Assert.Equal(planned, swarm.Timeline.Count);
    }
}

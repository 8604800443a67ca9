namespace NuCypher.P2P.Simulator;

/// <summary>The snapshot store of simulated nodes, which take no snapshots; made by Akka.</summary>
internal sealed class NoSnapshots : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is LoadSnapshot load)
            Sender.Tell(new LoadSnapshotResult(null, load.ToSequenceNr), ActorRefs.NoSender);
        else
            Unhandled(message);
    }
}

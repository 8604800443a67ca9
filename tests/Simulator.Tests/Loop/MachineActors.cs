namespace NuCypher.P2P.Simulator.Tests;

internal static class MachineActors
{
    /// <summary>Starts a process with one actor.</summary>
    public static IActorRef StartOne(this SimulatedMachine machine, Props props)
    {
        IActorRef actor = ActorRefs.Nobody;
        machine.Start(process => actor = process.Actors.ActorOf(props, "one"));
        return actor;
    }
}

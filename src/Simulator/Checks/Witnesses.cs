using NuCypher.P2P.Actors;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>Everybody who watches a run from outside: on the wire, at the doors, at the disks, in the logs.</summary>
internal sealed class Witnesses(RunContext run, Conspiracy conspiracy)
{
    private const string NoIdlers = "who holds connections keeps nobody out";

    private readonly RecordWitness _records = new(run, conspiracy);
    private readonly SecretWitness _secrets = new(run);
    private readonly AnswerWitness _answers = new(run);

    /// <summary>At the doors.</summary>
    public ServiceWitness Service { get; } = new(run);

    /// <summary>Begins to watch a disk.</summary>
    public void Watch(SimulatedDisk disk)
    {
        var witness = new JournalWitness(run, disk);
        disk.Guard = (session, process) => run.Scenario.Plants.Disk(witness.Watch(session, process));
    }

    /// <summary>
    /// Begins to watch wire and logs, once all honest nodes are there; who joins later may be an adversary.
    /// </summary>
    public void WatchHonest()
    {
        var honest = run.World.Machines.Count;
        run.World.Network.DatagramTap = (host, datagram) =>
        {
            if (host.Index >= honest)
                return;
            _records.See(run.World.Machines[host.Index], datagram);
            _answers.See(run.World.Machines[host.Index], datagram.Span);
            _secrets.SeeDatagram(datagram.Span);
        };
        run.World.Network.RefusalTap = (caller, target) =>
        {
            if (caller.Index < honest && target.Index < honest)
                run.Report(NoIdlers, $"machine {target.Index} has no place for machine {caller.Index}");
        };
        run.World.Network.CallTap = body => _secrets.See(body.Span, "a call");
        run.World.Actors.Root("witness").ActorOf(
            ActorProps.Of(() => new LogWitness(run.Tally, _secrets, honest)), "log");
        foreach (var client in run.Clients)
            _secrets.Add(SecretOf(client));
    }

    /// <summary>Looks at all disks, and whether every node is up, when everything is over.</summary>
    public void CheckAtTheEnd()
    {
        foreach (var node in run.Nodes)
            Service.CheckDisk(node);
        foreach (var machine in run.World.Machines)
            _secrets.SeeDisk(machine);
        foreach (var node in run.Nodes.Where(node => !node.Machine.IsUp))
            run.Report("every node is up when the faults are over", $"node {node.Machine.Index} is down");
    }

    private static byte[] SecretOf(SimulatedNode client)
    {
        var secret = new byte[SecretKey.Size];
        client.Identity.DecryptingKey.WriteSecret(secret);
        return secret;
    }
}

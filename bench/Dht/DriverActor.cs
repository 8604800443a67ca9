using System.Diagnostics;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.DhtBench;

/// <summary>Asks the nodes of a swarm for operations, so many at once, and notes how long each took.</summary>
internal sealed class DriverActor : ReceiveActor
{
    private Drive _drive = null!;
    private IActorRef _asker = ActorRefs.Nobody;
    private long[] _started = [];
    private double[] _waits = [];
    private int _next;
    private int _ended;
    private int _correct;

    /// <summary>A driver for one <see cref="Drive"/> after the other.</summary>
    public DriverActor()
    {
        Receive<Drive>(Begin);
        Receive<KademliaReply>(End);
    }

    private void Begin(Drive drive)
    {
        (_drive, _asker, _next, _ended, _correct) = (drive, Sender, 0, 0, 0);
        (_started, _waits) = (new long[drive.Operations], new double[drive.Operations]);
        for (var i = 0; i < Math.Min(drive.InFlight, drive.Operations); i++)
            Ask();
    }

    private void Ask()
    {
        var number = _next++;
        var (node, request) = _drive.Request(number);
        _started[number] = Stopwatch.GetTimestamp();
        node.Kademlia.Tell(request, Self);
    }

    private void End(KademliaReply reply)
    {
        var number = (int)reply.RequestId;
        _waits[number] = Stopwatch.GetElapsedTime(_started[number]).TotalMilliseconds;
        _correct += _drive.IsRight(number, reply.Outcome) ? 1 : 0;
        if (_next < _drive.Operations)
            Ask();
        if (++_ended == _drive.Operations)
            _asker.Tell(new Driven(_waits, _correct));
    }

    /// <summary>So many operations, so many of them at once; answered with <see cref="Driven"/>.</summary>
    /// <param name="Operations">How many in all.</param>
    /// <param name="InFlight">How many at once.</param>
    /// <param name="Request">Whom to ask what; the request's id is the operation's number.</param>
    /// <param name="IsRight">Whether an outcome is what it should be.</param>
    public sealed record Drive(
        int Operations, int InFlight, Func<int, (BenchNode Node, KademliaRequest Request)> Request,
        Func<int, DhtOutcome, bool> IsRight);

    /// <summary>All operations have ended.</summary>
    /// <param name="Waits">Milliseconds, in the order of the operations.</param>
    /// <param name="Correct">How many ended as they should.</param>
    public sealed record Driven(double[] Waits, int Correct);
}

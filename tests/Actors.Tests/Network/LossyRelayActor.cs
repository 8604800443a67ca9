using NuCypher.P2P.Actors.Network;

namespace NuCypher.P2P.Actors.Tests.Network;

/// <summary>Stands between a transport and its listener: loses, doubles and delays what arrives.</summary>
internal sealed class LossyRelayActor : ReceiveActor
{
    private readonly Random _random;
    private IActorRef? _listener;

    public LossyRelayActor(IActorRef transport, int seed, double loss)
    {
        _random = new Random(seed);
        Receive<Listen>(listen =>
        {
            _listener = Sender;
            transport.Tell(listen);
        });
        Receive<SendDatagram>(send => transport.Tell(send));
        Receive<DatagramReceived>(datagram =>
        {
            for (var copies = _random.NextDouble() < 0.1 ? 2 : 1; copies > 0; copies--)
            {
                if (_random.NextDouble() >= loss)
                    PassOnLater(datagram);
            }
        });
    }

    private void PassOnLater(DatagramReceived datagram) => Context.System.Scheduler.ScheduleTellOnce(
        TimeSpan.FromMilliseconds(20 * _random.NextDouble()), _listener!, datagram, ActorRefs.NoSender);
}

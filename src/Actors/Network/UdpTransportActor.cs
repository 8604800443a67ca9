using NuCypher.P2P.Actors.Mailboxes;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// Sends and receives datagrams over one UDP port: sends for others or gives them a path, receives on a thread of the
/// engine.
/// </summary>
public sealed class UdpTransportActor : ReceiveActor
{
    /// <summary>The mailbox that it needs: bounded, because strangers make a node send.</summary>
    public const string Mailbox = MailboxNames.Transport;

    private readonly UdpEngine _engine = new();
    private bool _isOpen;

    /// <summary>A transport without a socket; <see cref="Bind"/> opens it.</summary>
    public UdpTransportActor()
    {
        var path = _engine.NewPath();
        Receive<SendDatagram>(datagram => path.Send(datagram.To, datagram.Bytes.Span));
        Receive<Bind>(bind => Sender.Tell(Open(bind)));
        Receive<Listen>(_ => StartListening());
        Receive<ListenForCalls>(_ => StartListeningForCalls());
        Receive<GetTransportCounters>(_ => Sender.Tell(_engine.Counters));
    }

    /// <inheritdoc />
    protected override void PostStop() => _engine.Close();

    private void StartListening()
    {
        _engine.Receiver.Listener = Sender;
        Sender.Tell(new Listening(_engine.NewPath()));
    }

    private void StartListeningForCalls()
    {
        _engine.Calls.ListenWith(Sender);
        Sender.Tell(new CallsOpen(_engine.Calls));
    }

    private object Open(Bind bind)
    {
        if (_isOpen)
            return new BindFailed(bind.Address, BindFailure.AlreadyBound, "This transport is open already.");
        var opened = _engine.Open(bind.Address);
        _isOpen = opened is Bound;
        return opened;
    }
}

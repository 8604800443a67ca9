using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Mailboxes;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>
/// The one who hears control datagrams and calls over UDP: mediates for others, and gives the rest to those it is for.
/// </summary>
public sealed class CallsActor : ReceiveActor, IWithTimers
{
    /// <summary>The mailbox that it needs: bounded, because strangers fill it.</summary>
    public const string Mailbox = MailboxNames.Mediation;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly CallsSetup _setup;
    private readonly IActorRef _link;
    private MediatorDesk? _desk;
    private IActorRef? _presence;
    private IActorRef? _door;
    private IActorRef? _guest;
    private ICallPath? _path;
    private bool _saysItMediates;

    /// <summary>Starts as one who only calls; <see cref="OpenDoors"/> lets others in.</summary>
    public CallsActor(CallsSetup setup)
    {
        _setup = setup;
        _link = Context.ActorOf(ActorProps.Of(() => new UdpLinkActor(setup.Random)), "udp-link");
        Receive<CallsOpen>(Open);
        Receive<OpenDoors>(LetIn);
        Receive<ServiceCall>(_link.Forward);
        Receive<ServiceRequest>(_ => Sender.Tell(new ServiceReply(ServiceStatus.Ok, NameGuests())));
        Receive<ControlReceived>(Take);
        Receive<CallReceived>(call => _door?.Tell(call));
        Receive<GetMediation>(Report);
        Receive<Sweep>(_ => LookAfterGuests());
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    private static Moment Now => new(Context.System.Scheduler.Now, Context.System.Scheduler.MonotonicClock);

    /// <inheritdoc/>
    protected override void PreStart() => _setup.Transport.Tell(new ListenForCalls());

    private void Open(CallsOpen open)
    {
        _path = open.Path;
        _link.Tell(open);
        _door?.Tell(open);
        _guest?.Tell(open);
        Timers.StartPeriodicTimer("sweep", new Sweep(), SweepInterval);
    }

    private void LetIn(OpenDoors open)
    {
        var (setup, start, presence) = (_setup, Now, open.Presence);
        var (identity, key) = (setup.Identity, setup.Choice.Next());
        _presence = presence;
        _door = Context.ActorOf(
            ActorProps.Of(() => new DoorActor(setup.Options, identity, setup.Random, key, open.Ursula)), "door");
        if (open.Guest is { } guest)
            _guest = Context.ActorOf(ActorProps.Of(() => new GuestActor(
                setup.Options, guest, identity.Signer, setup.Random, key, open.Scout, presence)), "guest");
        else
            _desk = new MediatorDesk(setup.Options, identity.Signer, setup.Verifier, start, key);
        if (_path is { } path)
            Open(new CallsOpen(path));
    }

    private void Take(ControlReceived control)
    {
        if (!ProtocolHeader.TryRead(control.Bytes.Span, out var header))
            return;
        if (header.Brand == Introduced.Header.Brand)
            _link.Tell(control);
        else if (header.Brand == MediationGrant.Header.Brand || header.Brand == Introduction.Header.Brand)
            _guest?.Tell(control);
        else if (_desk is { } desk && _path is { } path)
        {
            foreach (var datagram in desk.Receive(Now, control.From, control.Bytes.Span, _setup.Random))
                path.SendControl(datagram.To, datagram.Bytes.Span);
            SayWhetherItMediates();
        }
    }

    private void LookAfterGuests()
    {
        _path?.CloseIdle(); // after 30 to 40 s
        _desk?.Expire(Now);
        SayWhetherItMediates();
    }

    // Whoever looks for Ursulas asks those for their guests who say that they have any.
    private void SayWhetherItMediates()
    {
        if (_desk is not { } desk || desk.Guests > 0 == _saysItMediates)
            return;
        _saysItMediates = desk.Guests > 0;
        var bit = NodeCapabilities.Mediator;
        _presence?.Tell(new Describe(
            node => node with { Capabilities = desk.Guests > 0 ? node.Capabilities | bit : node.Capabilities & ~bit }));
    }

    private byte[] NameGuests()
    {
        var records = _desk?.RecordsOf(Now) ?? [];
        var writer = new FieldWriter().Count(records.Count);
        foreach (var record in records)
            writer.Prefixed(record.Span);
        return writer.ToArray();
    }

    private void Report(GetMediation get)
    {
        if (_guest is { } guest)
            guest.Forward(get);
        else
            Sender.Tell(new MediationReport(false, NatVerdict.Unknown, null, 0, _desk?.Guests ?? 0));
    }

    private sealed record Sweep;
}

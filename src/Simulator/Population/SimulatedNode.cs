using System.Security.Cryptography;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Mailboxes;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Simulator;

/// <summary>A node of the network on a machine: the actors that run in production, and what survives them.</summary>
public sealed class SimulatedNode
{
    /// <summary>How long a front door waits for its Ursula. 10 s, as in production.</summary>
    private static readonly TimeSpan DoorTimeLimit = TimeSpan.FromSeconds(10);

    private readonly NodeBlueprint _blueprint;
    private readonly Identity? _identity;

    /// <summary>A node that has not started yet.</summary>
    public SimulatedNode(SimulatedMachine machine, NodeBlueprint blueprint, Identity identity)
    {
        (Machine, _blueprint, _identity, Id) = (machine, blueprint, identity, identity.Id);
        CertificatePin = SHA256.HashData(identity.VerifyingKey.ToBytes());
    }

    /// <summary>
    /// A node that only routes and stores, without keys or an Ursula; there may be a hundred thousand of them.
    /// </summary>
    public SimulatedNode(SimulatedMachine machine, NodeBlueprint blueprint, NodeId id) =>
        (Machine, _blueprint, Id) = (machine, blueprint, id);

    /// <summary>Where it runs.</summary>
    public SimulatedMachine Machine { get; }

    /// <summary>Its id.</summary>
    public NodeId Id { get; }

    /// <summary>Its keys: on another machine too, where two processes share one identity.</summary>
    /// <exception cref="InvalidOperationException">It only routes.</exception>
    public Identity Identity =>
        _identity ?? throw new InvalidOperationException("A node that only routes has no keys.");

    /// <summary>Takes requests to Kademlia; null while it is down.</summary>
    public IActorRef? Kademlia { get; private set; }

    /// <summary>Its actors; null while it is down, and for a node that only routes.</summary>
    public NodeActors? Actors { get; private set; }

    /// <summary>SHA-256 of the certificate that its service shows.</summary>
    public ReadOnlyMemory<byte> CertificatePin { get; }

    /// <summary>True for a node that only asks.</summary>
    public bool IsClient => _blueprint.IsClient;

    /// <summary>Starts its process with what is on the machine's disk; it begins to join at once.</summary>
    public void Start() => Machine.Start(Boot);

    /// <summary>Cuts its machine's power. No effect if it is down.</summary>
    public void Crash()
    {
        (Actors, Kademlia) = (null, null);
        Machine.Crash();
        _blueprint.Crashed(this);
    }

    /// <summary>Ends its process, but not the power. No effect if it is down.</summary>
    public void Stop()
    {
        (Actors, Kademlia) = (null, null);
        Machine.Kill();
    }

    /// <summary>The same node on another machine.</summary>
    public SimulatedNode OnAnotherMachine(SimulatedMachine machine) =>
        _identity is null ? new(machine, _blueprint, Id) : new(machine, _blueprint, _identity);

    private void Boot(SimulatedProcess process)
    {
        var (host, read) = (Machine.Host, _blueprint.Plants.Read);
        var transport = process.Actors.ActorOf(
            ActorProps.Of(
                () => new SimulatedTransportActor(host, read)).WithMailbox(MailboxNames.Transport), "transport");
        if (_identity is null)
        {
            BootRouter(process.Actors, transport);
            return;
        }

        var link = process.Actors.ActorOf(
            ActorProps.Of(() => new SimulatedLinkActor(_blueprint.Network, host)), "link");
        Actors = NodeActors.Start(process.Actors, _blueprint.Plants.Setup(new NodeSetup
        {
            Identity = Identity,
            Transport = transport,
            Link = link,
            Record = IsClient ? null : _blueprint.Describe(this, Record()),
            Random = Machine.ProcessSeed.Derive("secrets").NewRandomSource(),
            Choice = Machine.ProcessSeed.Derive("choices").NewRandom(),
            Catalog = process.Catalog,
            Verifier = _blueprint.Verifier,
            Interner = _blueprint.Interner,
            Options = _blueprint.Options with
            {
                Dht = _blueprint.Options.Dht with { ClientMode = IsClient },
                Membership = MembershipOf(host.Index),
            },
        }));
        Kademlia = Actors.Kademlia;
        if (Actors.Ursula is { } ursula)
            host.Door = _blueprint.Guard(this, new ActorDoor(Machine.Loop, ursula, CertificatePin, DoorTimeLimit));
        _blueprint.Booted(process);
    }

    private void BootRouter(IActorRefFactory actors, IActorRef transport)
    {
        var random = Machine.ProcessSeed.Derive("choices").NewRandom();
        var kademlia = actors.ActorOf(ActorProps.Of(() => new KademliaActor(
            Id, _blueprint.Options.Dht, _blueprint.Verifier, random, transport, _blueprint.Interner))
            .WithMailbox(MailboxNames.Kademlia), "kademlia");
        Kademlia = kademlia;
        var membership = MembershipOf(Machine.Index);
        actors.ActorOf(ActorProps.Of(() => new MembershipActor(membership, kademlia, null)), "membership");
    }

    private MembershipOptions MembershipOf(int index) =>
        _blueprint.Options.Membership with { Seeds = _blueprint.SeedsFor(index) };

    private NodeRecord Record() => new(
        Identity.VerifyingKey,
        Identity.EncryptingKey,
        NodeCapabilities.Dht | NodeCapabilities.Ursula,
        Machine.Host.Address,
        Machine.Host.Address.Address.ToString(),
        Machine.Host.Address.Port,
        Digest.Read(CertificatePin.Span));
}

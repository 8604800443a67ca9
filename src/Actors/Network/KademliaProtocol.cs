using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// An operation asked of a <see cref="KademliaActor"/>; its sender gets exactly one <see cref="KademliaReply"/>.
/// </summary>
/// <param name="RequestId">Chosen by the sender, for itself; the reply repeats it.</param>
public abstract record KademliaRequest(long RequestId);

/// <summary>Joins the network through nodes at known addresses; ends with <see cref="Joined"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Seeds">Addresses of nodes, configured or saved.</param>
public sealed record Join(long RequestId, IReadOnlyList<NodeAddress> Seeds) : KademliaRequest(RequestId);

/// <summary>
/// Leaves the network: nothing is sent or answered any more until the next <see cref="Join"/>; ends with
/// <see cref="Left"/>.
/// </summary>
/// <param name="RequestId">Chosen by the sender.</param>
public sealed record Leave(long RequestId) : KademliaRequest(RequestId);

/// <summary>Finds the newest signed record under a key; ends with <see cref="RecordFound"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">The record's key.</param>
/// <param name="Quorum">Valid answers to wait for; the node's option if not given.</param>
public sealed record GetRecord(long RequestId, NodeId Key, int? Quorum = null) : KademliaRequest(RequestId);

/// <summary>
/// Finds the newest treasure map under a key, which more nodes are asked for than for other records; ends with
/// <see cref="RecordFound"/>.
/// </summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">The map's key.</param>
public sealed record GetMap(long RequestId, NodeId Key) : KademliaRequest(RequestId);

/// <summary>Finds the plain value under a key, which nobody signed; ends with <see cref="ValueFound"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">The value's key.</param>
/// <param name="Quorum">Answers to wait for; the node's option if not given.</param>
public sealed record GetValue(long RequestId, NodeId Key, int? Quorum = null) : KademliaRequest(RequestId);

/// <summary>Stores a plain value once; ends with <see cref="Stored"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">The value's key.</param>
/// <param name="Value">The value.</param>
public sealed record SetValue(long RequestId, NodeId Key, PlainValue Value) : KademliaRequest(RequestId);

/// <summary>Stores a record now, and again until its life ends; ends with <see cref="Stored"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Record">The record.</param>
public sealed record PublishRecord(long RequestId, VerifiedRecord Record) : KademliaRequest(RequestId);

/// <summary>Finds the nodes nearest to a key; ends with <see cref="ClosestFound"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">Any point of the key space.</param>
public sealed record FindClosest(long RequestId, NodeId Key) : KademliaRequest(RequestId);

/// <summary>Looks for whatever is under a key and writes down whom it asks; ends with <see cref="Traced"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Key">Any point of the key space.</param>
public sealed record TraceKey(long RequestId, NodeId Key) : KademliaRequest(RequestId);

/// <summary>Asks whoever is at an address for its id; ends with <see cref="Pong"/>.</summary>
/// <param name="RequestId">Chosen by the sender.</param>
/// <param name="Address">The address.</param>
public sealed record PingAddress(long RequestId, NodeAddress Address) : KademliaRequest(RequestId);

/// <summary>
/// To a <see cref="KademliaActor"/>: stop publishing what is under a key. No reply; copies elsewhere live until their
/// end.
/// </summary>
/// <param name="Key">The record's key.</param>
public sealed record WithdrawRecord(NodeId Key);

/// <summary>To a <see cref="KademliaActor"/>: tell <see cref="HeldRecords"/> to the sender.</summary>
public sealed record GetHeldRecords;

/// <summary>
/// To a <see cref="KademliaActor"/>: keep these records, as far as they are still valid. Not answered.
/// </summary>
/// <param name="Records">What the node kept before it stopped.</param>
public sealed record RestoreRecords(IReadOnlyList<HeldRecord> Records);

/// <summary>To a <see cref="KademliaActor"/>: tell <see cref="Peers"/> to the sender.</summary>
/// <param name="MaxContacts">At most so many contacts; they are the first by id.</param>
public sealed record GetPeers(int MaxContacts = int.MaxValue);

/// <summary>To a <see cref="KademliaActor"/>: tell its <see cref="DhtView"/> to the sender.</summary>
public sealed record GetDhtView;

/// <summary>To Kademlia: tell the sender <see cref="SwarmForgotten"/> after each of its failures.</summary>
public sealed record WatchSwarm;

/// <summary>What came of a <see cref="KademliaRequest"/>.</summary>
/// <param name="RequestId">The request's.</param>
/// <param name="Outcome">The outcome named at the request, or <see cref="OperationFailed"/>.</param>
public sealed record KademliaReply(long RequestId, DhtOutcome Outcome);

/// <summary>What a node keeps for others.</summary>
/// <param name="Records">In no order; <see cref="RecordList"/> makes them a file.</param>
public sealed record HeldRecords(IReadOnlyList<HeldRecord> Records);

/// <summary>Whom a node knows, and its numbers.</summary>
/// <param name="Self">The node's own id.</param>
/// <param name="Contacts">Nodes that answered their last request; <see cref="PeerList"/> makes them a file.</param>
/// <param name="Statistics">The node's numbers.</param>
public sealed record Peers(NodeId Self, IReadOnlyList<Contact> Contacts, DhtStatistics Statistics);

/// <summary>
/// From Kademlia to who watches the swarm: a failure made it forget whom it knows and what it publishes. Join and
/// publish again.
/// </summary>
public sealed record SwarmForgotten;

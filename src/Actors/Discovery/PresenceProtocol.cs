using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>To the presence actor: publish the node's record now, because the node has joined.</summary>
public sealed record Announce;

/// <summary>To the presence actor: say something else about the node from now on. Not answered.</summary>
/// <param name="Change">Makes the new description of the old one; what is equal is not published again.</param>
public sealed record Describe(Func<NodeRecord, NodeRecord> Change);

/// <summary>To the presence actor: this one knows for whom the node mediates. Not answered.</summary>
/// <param name="Calls">Takes requests for guests.</param>
public sealed record MediateWith(IActorRef Calls);

/// <summary>
/// To the presence actor: how does the swarm see this node? Answered with <see cref="PresenceReport"/>.
/// </summary>
/// <param name="MaxAge">What was found longer ago is looked up again first; that takes at most
/// <see cref="PresenceOptions.CheckTimeLimit"/>.</param>
public sealed record GetPresence(TimeSpan MaxAge);

/// <summary>What the swarm holds under the node's own id, as it was when the node looked last.</summary>
/// <param name="Sight">What was found.</param>
/// <param name="Elsewhere">Where the foreign record of the same key says that the node is; null unless one was found
/// since the start.</param>
/// <param name="Age">How long ago the node looked; zero if it never did.</param>
public sealed record PresenceReport(RecordSight Sight, NodeAddress? Elsewhere, TimeSpan Age);

/// <summary>What the swarm holds under a node's own id.</summary>
public enum RecordSight
{
    /// <summary>The node has not looked yet.</summary>
    Unknown,

    /// <summary>The record that the node published last.</summary>
    Published,

    /// <summary>An older one: the last did not arrive. It is published again.</summary>
    Outdated,

    /// <summary>None. It is published again.</summary>
    Missing,

    /// <summary>
    /// One that this process did not make: of a copy of the identity, or of the node itself while its clock was ahead.
    /// </summary>
    Foreign,

    /// <summary>Nobody answered.</summary>
    NoAnswer,
}

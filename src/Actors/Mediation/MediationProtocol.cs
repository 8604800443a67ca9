using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>
/// To the calls actor: mediate for others, and let them call over UDP. Not answered.
/// </summary>
/// <param name="Ursula">Gets what they ask.</param>
/// <param name="Presence">Publishes the node's record.</param>
/// <param name="Scout">Finds mediators.</param>
/// <param name="Guest">What the node says about itself if it is behind a NAT, without its mediators; null for one that
/// others reach.</param>
public sealed record OpenDoors(IActorRef Ursula, IActorRef Presence, IActorRef Scout, NodeRecord? Guest);

/// <summary>To the calls actor: how is the node reached? Answered with <see cref="MediationReport"/>.</summary>
public sealed record GetMediation;

/// <summary>How a node behind a NAT is reached, and for whom a node mediates.</summary>
/// <param name="IsGuest">Whether the node is behind a NAT.</param>
/// <param name="Verdict">What it learnt of the NAT.</param>
/// <param name="Seen">Where others see it; null if nobody said.</param>
/// <param name="Mediators">How many mediate for it.</param>
/// <param name="Guests">For how many it mediates.</param>
public sealed record MediationReport(bool IsGuest, NatVerdict Verdict, NodeAddress? Seen, int Mediators, int Guests);

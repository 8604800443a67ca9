using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>
/// To the membership actor: tell me when the node is in the swarm. Answered with <see cref="MemberJoined"/>, maybe much
/// later.
/// </summary>
public sealed record WhenJoined;

/// <summary>
/// To the membership actor: join through these from now on, because the names of the seeds stand for other addresses,
/// or because somebody was found on the local network. Not answered.
/// </summary>
/// <param name="Seeds">Addresses of nodes.</param>
public sealed record UseSeeds(IReadOnlyList<NodeAddress> Seeds);

/// <summary>From the membership actor: the node is in the swarm.</summary>
/// <param name="Contacts">How many nodes it has spoken to.</param>
public sealed record MemberJoined(int Contacts);

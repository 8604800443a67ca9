namespace NuCypher.P2P.Actors.Discovery;

/// <summary>
/// To the membership actor: tell me when the node is in the swarm. Answered with <see cref="MemberJoined"/>, maybe much
/// later.
/// </summary>
public sealed record WhenJoined;

/// <summary>From the membership actor: the node is in the swarm.</summary>
/// <param name="Contacts">How many nodes it has spoken to.</param>
public sealed record MemberJoined(int Contacts);

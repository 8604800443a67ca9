namespace NuCypher.P2P.Actors.Discovery;

/// <summary>From the membership actor: the node is in the swarm.</summary>
/// <param name="Contacts">How many nodes it has spoken to.</param>
public sealed record MemberJoined(int Contacts);

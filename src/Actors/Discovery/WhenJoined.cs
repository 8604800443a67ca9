namespace NuCypher.P2P.Actors.Discovery;

/// <summary>To the membership actor: tell me when the node is in the swarm. Answered with <see cref="MemberJoined"/>, maybe much later.</summary>
public sealed record WhenJoined;

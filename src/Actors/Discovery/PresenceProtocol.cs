namespace NuCypher.P2P.Actors.Discovery;

/// <summary>To the presence actor: publish the node's record now, because the node has joined.</summary>
public sealed record Announce;

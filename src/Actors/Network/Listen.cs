namespace NuCypher.P2P.Actors.Network;

/// <summary>To a transport: from now on the sender of this message gets what arrives, in the place of whoever got it before.</summary>
public sealed record Listen;

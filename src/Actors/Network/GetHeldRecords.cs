namespace NuCypher.P2P.Actors.Network;

/// <summary>To a <see cref="KademliaActor"/>: tell <see cref="HeldRecords"/> to the sender.</summary>
public sealed record GetHeldRecords;

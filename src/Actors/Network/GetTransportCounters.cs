namespace NuCypher.P2P.Actors.Network;

/// <summary>To a <see cref="UdpTransportActor"/>: tell <see cref="TransportCounters"/> to the sender.</summary>
public sealed record GetTransportCounters;

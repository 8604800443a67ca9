using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>A policy's treasure map is taken back: publish this in its place.</summary>
/// <param name="Record">Signed by Alice.</param>
public sealed record MapWithdrawn(SignedRecord Record) : SessionEffect;

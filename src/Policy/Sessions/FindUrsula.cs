using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>Look up this node's record and report its service, or null if there is none.</summary>
/// <param name="Ursula">Her node id.</param>
public sealed record FindUrsula(NodeId Ursula) : SessionEffect;

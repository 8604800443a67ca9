using NuCypher.P2P.Dht;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Services;

/// <summary>How to call a node behind a NAT: through whom, and to which key calls are sealed.</summary>
/// <param name="Ursula">Her node id.</param>
/// <param name="EncryptingKey">Calls are sealed to it.</param>
/// <param name="Mediators">Who introduces callers to her; 1 to 3.</param>
public sealed record MediatedRoute(NodeId Ursula, PublicKey EncryptingKey, IReadOnlyList<Mediator> Mediators);

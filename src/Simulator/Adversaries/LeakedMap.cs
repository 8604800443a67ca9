using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>A treasure map in the wrong hands: whoever has it knows whom to ask, and what about.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Key">The map's key in the network.</param>
/// <param name="Map">What Bob has opened.</param>
/// <param name="Capsule">Of a message to Bob.</param>
/// <param name="Bob">Whom the policy names.</param>
internal sealed record LeakedMap(PolicyId Policy, NodeId Key, TreasureMap Map, Capsule Capsule, SimulatedNode Bob);

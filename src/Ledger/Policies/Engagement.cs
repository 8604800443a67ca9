using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Ledger.Policies;

/// <summary>One node's part in a policy that is paid for.</summary>
/// <param name="Node">Who serves.</param>
/// <param name="SettledTo">Up to which period, excluded, its fees were paid or given back.</param>
/// <param name="IsFirstPaid">Whether the fee for the beginning was paid.</param>
public readonly record struct Engagement(NodeId Node, ulong SettledTo, bool IsFirstPaid);

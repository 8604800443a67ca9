using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>A receipt came: persist it.</summary>
/// <param name="Receipt">The receipt.</param>
public sealed record OrderReceived(OrderReceipt Receipt) : SessionEffect;

using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>An Ursula that holds a share of a policy, or may hold it.</summary>
/// <param name="Ursula">Her node id.</param>
/// <param name="Share">Which kfrag, from 0. Two holders of one share count as one share.</param>
/// <param name="IsConfirmed">False if the kfrag was sent to her, but she never confirmed it.</param>
public sealed record KeyFragHolder(NodeId Ursula, int Share, bool IsConfirmed);

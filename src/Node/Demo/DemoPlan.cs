using NuCypher.P2P.Node.Configuration;

namespace NuCypher.P2P.Node.Demo;

/// <summary>The size of the demonstration.</summary>
/// <param name="Nodes">Nodes that serve; at least <paramref name="Shares"/>.</param>
/// <param name="Threshold">How many Ursulas Bob needs.</param>
/// <param name="Shares">How many Ursulas hold a kfrag.</param>
/// <param name="Settings">Every limit.</param>
internal sealed record DemoPlan(int Nodes, int Threshold, int Shares, NodeSettings Settings);

namespace NuCypher.P2P.Simulator;

/// <summary>How a policy is split.</summary>
/// <param name="Threshold">How many Ursulas Bob needs.</param>
/// <param name="Shares">How many Ursulas hold a kfrag.</param>
public readonly record struct SharePlan(int Threshold, int Shares)
{
    /// <summary><c>2-of-3</c>.</summary>
    public override string ToString() => $"{Threshold}-of-{Shares}";
}

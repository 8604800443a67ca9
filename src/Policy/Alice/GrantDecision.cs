namespace NuCypher.P2P.Policy.Alice;

/// <summary>What must be persisted and applied, or why nothing is.</summary>
/// <param name="Events">In order; none if refused.</param>
/// <param name="Refusal">Why not; <c>None</c> if not refused.</param>
public sealed record GrantDecision(IReadOnlyList<GrantEvent> Events, GrantRefusal Refusal)
{
    /// <summary>Whether the command was not refused.</summary>
    public bool IsAccepted => Refusal == GrantRefusal.None;

    internal static GrantDecision Accept(params GrantEvent[] events) => new(events, GrantRefusal.None);

    internal static GrantDecision Refuse(GrantRefusal refusal) => new([], refusal);
}

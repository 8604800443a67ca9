using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Rules;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>What an Ursula answers, and what must be persisted and applied before she does.</summary>
/// <param name="Events">In order; often none.</param>
/// <param name="Refusal">Why she refuses; <c>None</c> if she doesn't.</param>
/// <param name="Reply">A signed protocol object: the operation's answer, or a <see cref="ServiceRefusal"/>.</param>
public sealed record UrsulaDecision(
    IReadOnlyList<PolicyEvent> Events, RefusalReason Refusal, ReadOnlyMemory<byte> Reply)
{
    /// <summary>Whether the reply is the operation's answer.</summary>
    public bool IsAccepted => Refusal == RefusalReason.None;

    /// <summary>
    /// Whether who asked is who she says, by her signature: of what was refused before that, or is not known here,
    /// nobody knows.
    /// </summary>
    public bool IsVerified => Refusal is not (
        RefusalReason.NotForMe or RefusalReason.BadSignature or RefusalReason.UnknownPolicy);

    /// <summary>
    /// What, found out, may turn the refusal: everything but the condition speaks for the request, which is to be
    /// decided on again. Mostly empty.
    /// </summary>
    public IReadOnlyList<JsonFact> Questions { get; init; } = [];
}

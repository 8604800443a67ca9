using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Selection;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>
/// Says from signed objects alone whether a node broke its word. No secret is needed, and nothing that a node did not
/// sign convicts her.
/// </summary>
/// <remarks>
/// An honest Ursula can't be convicted by whatever Alice and Bob sign: her receipt for a deposit says that she checked
/// the kfrag for exactly the keys in it, so that her fragments verify under them; and while she keeps the tombstone of
/// a revoked policy she serves no version that the revocation covers. That is why evidence of the second kind is heard
/// only for requests dated in the life of a tombstone. Never throws.
/// </remarks>
public static class Judge
{
    /// <summary>
    /// The longest evidence: a deposit, a receipt, and a request and response about sixteen capsules.
    /// </summary>
    public const int MaxSize = 9 * 1024;

    /// <summary>
    /// For how long after her receipt a node may still serve: 60 s that Bob's clock may be ahead, 5 min that hers may
    /// be set back.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(6);

    /// <summary>After that she may have forgotten the policy: tombstones live 30 days, less a day for clocks.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(29);

    /// <summary>Accuses of a wrong re-encryption.</summary>
    /// <param name="deposit">Alice's signed deposit.</param>
    /// <param name="receipt">The node's receipt for it.</param>
    /// <param name="request">Bob's request.</param>
    /// <param name="response">The node's response.</param>
    public static byte[] AccuseOfWrongReencryption(byte[] deposit, byte[] receipt, byte[] request, byte[] response) =>
        CaseFile.Write(EvidenceKind.WrongReencryption, deposit, receipt, request, response);

    /// <summary>Accuses of serving what was revoked.</summary>
    /// <param name="revocation">Alice's signed order.</param>
    /// <param name="receipt">The node's receipt for it.</param>
    /// <param name="request">Bob's request.</param>
    /// <param name="response">The node's response.</param>
    public static byte[] AccuseOfServingRevoked(byte[] revocation, byte[] receipt, byte[] request, byte[] response) =>
        CaseFile.Write(EvidenceKind.ServedAfterRevocation, revocation, receipt, request, response);

    /// <summary>Judges.</summary>
    /// <param name="evidence">What an accusation is made of.</param>
    /// <param name="keyOf">The verifying key of a staker; null for anybody else.</param>
    public static Verdict Verdict(ReadOnlySpan<byte> evidence, Func<NodeId, VerifyingKey?> keyOf)
    {
        if (evidence.Length > MaxSize)
            return new(VerdictReason.TooLarge, default, default, default);
        if (CaseFile.Read(evidence) is not { } file)
            return new(VerdictReason.Malformed, default, default, default);
        var node = file.Response.Claims.Ursula;
        var weights = new SeededDraw(DomainHash.Compute(LedgerTags.Weights, evidence));
        var reason = keyOf(node) is { } key ? Check(file, key, weights) : VerdictReason.NotStaker;
        return new(reason, file.Kind, node, file.Request.Hash);
    }

    private static VerdictReason Check(CaseFile file, VerifyingKey key, RandomSource weights)
    {
        var (request, response) = (file.Request.Claims, file.Response.Claims);
        if (response.Request != file.Request.Hash)
            return VerdictReason.OtherRequest;
        if (request.Ursula != response.Ursula || file.Receipt.Claims.Ursula != response.Ursula)
            return VerdictReason.OtherNode;
        if (!file.Receipt.Verify(key, out _) || !file.Response.Verify(key, out _))
            return VerdictReason.BadSignature;
        return file.Deposit is { } deposit ? CheckFragments(file, deposit, weights)
            : CheckRevocation(file, file.Revocation!);
    }

    private static VerdictReason CheckFragments(
        CaseFile file, SignedMessage<KeyFragDeposit> signed, RandomSource weights)
    {
        var (deposit, request, response) = (signed.Claims, file.Request.Claims, file.Response.Claims);
        var reason = CheckOrder(
            file, PolicyReceiptKind.Deposited, signed.Hash, deposit.Ursula, PolicyId.Of(deposit.Alice, deposit.Name));
        if (reason != VerdictReason.None)
            return reason;
        if (request.KeyFragVersion != deposit.Version || response.Terms != deposit.Terms)
            return VerdictReason.OtherPolicy;
        if (!signed.Verify(deposit.Alice, out _))
            return VerdictReason.BadSignature;
        if (!file.Request.Verify(deposit.Bob.VerifyingKey, out _))
            return VerdictReason.OtherBob;
        return request.Capsules.Index()
            .All(capsule => IsCorrect(capsule.Item, capsule.Index, deposit, response, weights))
            ? VerdictReason.Correct
            : VerdictReason.None;
    }

    private static VerdictReason CheckRevocation(CaseFile file, SignedMessage<RevocationOrder> signed)
    {
        var (order, request, receipt) = (signed.Claims, file.Request.Claims, file.Receipt.Claims);
        var reason = CheckOrder(
            file, PolicyReceiptKind.Revoked, signed.Hash, order.Ursula, PolicyId.Of(order.Alice, order.Name));
        if (reason != VerdictReason.None)
            return reason;
        if (request.KeyFragVersion > order.Version)
            return VerdictReason.OtherPolicy;
        if (!signed.Verify(order.Alice, out _))
            return VerdictReason.BadSignature;
        var late = request.IssuedAt - receipt.At;
        return late > Grace && late < Memory ? VerdictReason.None : VerdictReason.InTime;
    }

    private static VerdictReason CheckOrder(
        CaseFile file, PolicyReceiptKind kind, Digest order, NodeId ursula, PolicyId policy)
    {
        var receipt = file.Receipt.Claims;
        if (ursula != receipt.Ursula)
            return VerdictReason.OtherNode;
        if (receipt.Kind != kind || receipt.Order != order)
            return VerdictReason.OtherReceipt;
        return receipt.Policy == policy && file.Request.Claims.Policy == policy ? VerdictReason.None
            : VerdictReason.OtherPolicy;
    }

    // Whatever she answers to what is no capsule, she can't be blamed for it.
    private static bool IsCorrect(
        Capsule? capsule, int index, KeyFragDeposit deposit, ReencryptionResponse response, RandomSource weights) =>
        capsule is null
        || (index < response.CapsuleFrags.Count
        && CapsuleFrag.TryRead(response.CapsuleFrags[index].Span, out var fragment)
        && fragment.Verify(capsule, deposit.Alice, deposit.PolicyKey, deposit.Bob.EncryptingKey, weights, out _)
            == CapsuleFragVerdict.Valid);
}

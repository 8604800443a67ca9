using System.Security.Cryptography;

namespace NuCypher.P2P.Umbral;

/// <summary>Verifies many capsule fragments of one grant together, in half the time of one by one.</summary>
/// <remarks>
/// The proofs of up to <see cref="ChunkSize"/> fragments are checked as one random linear combination with weights of
/// 128 bits for every equation: errors cancel with probability 2⁻¹²⁸. If it fails, each of those fragments is checked
/// by itself, so that the bad ones are named. Signatures are checked one by one, because ECDSA leaves no other way, but
/// with tables of their key that are made once for a combination. Key fragments have nothing to combine but one cheap
/// commitment, so there is no batch of those. A batch can be cut anywhere: give slices to as many threads as there are
/// cores.
/// </remarks>
public static class CapsuleFragBatch
{
    /// <summary>How many fragments go into one combination, which bounds the memory of a batch.</summary>
    public const int ChunkSize = 32;

    /// <summary>Verifies each fragment as a re-encryption of the capsule beside it.</summary>
    /// <param name="items">Fragments with their capsules, in any order, of one or many capsules; may be empty.</param>
    /// <param name="verifyingKey">The delegator's.</param>
    /// <param name="delegatingKey">The key that the capsules were made for.</param>
    /// <param name="receivingKey">The key that the grant was made to.</param>
    /// <param name="weights">Draws 48 bytes for each fragment; a prover who can guess them can cheat.</param>
    /// <returns>A result for each item, at its index.</returns>
    public static IReadOnlyList<CapsuleFragResult> Verify(
        IReadOnlyList<(Capsule Capsule, CapsuleFrag CapsuleFrag)> items, VerifyingKey verifyingKey,
        PublicKey delegatingKey, PublicKey receivingKey, RandomSource weights)
    {
        var results = new CapsuleFragResult[items.Count];
        for (var first = 0; first < items.Count; first += ChunkSize)
        {
            var count = Math.Min(ChunkSize, items.Count - first);
            var signed = CheckSignatures(items, first, count, verifyingKey, delegatingKey, receivingKey);
            var chunk = new List<int>(count);
            for (var i = 0; i < count; i++)
            {
                if (signed[i])
                    chunk.Add(first + i);
                else
                    results[first + i] = new CapsuleFragResult(CapsuleFragVerdict.KeyFragSignatureInvalid, null);
            }
            CheckProofs(items, chunk, results, weights);
        }
        return results;
    }

    private static bool[] CheckSignatures(
        IReadOnlyList<(Capsule Capsule, CapsuleFrag CapsuleFrag)> items, int first, int count,
        VerifyingKey verifyingKey,
        PublicKey delegatingKey, PublicKey receivingKey)
    {
        var digests = new byte[count * SHA256.HashSizeInBytes];
        var signatures = new Signature[count];
        for (var i = 0; i < count; i++)
        {
            var fragment = items[first + i].CapsuleFrag;
            fragment.HashMessage(
                delegatingKey, receivingKey, digests.AsSpan(i * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
            signatures[i] = fragment.Signature;
        }
        var valid = new bool[count];
        Ecdsa.VerifyEachVarTime(verifyingKey, digests, signatures, valid);
        return valid;
    }

    private static void CheckProofs(
        IReadOnlyList<(Capsule Capsule, CapsuleFrag CapsuleFrag)> items, List<int> chunk, CapsuleFragResult[] results,
        RandomSource weights)
    {
        var together = chunk.Count > 1 && ReencryptionProof.AllHoldVarTime([.. chunk.Select(i => items[i])], weights);
        foreach (var i in chunk)
        {
            var (capsule, fragment) = items[i];
            results[i] = together || ReencryptionProof.HoldsVarTime(capsule, fragment, weights)
                ? new CapsuleFragResult(CapsuleFragVerdict.Valid, fragment.ToVerified())
                : new CapsuleFragResult(CapsuleFragVerdict.ReencryptionProofInvalid, null);
        }
    }
}

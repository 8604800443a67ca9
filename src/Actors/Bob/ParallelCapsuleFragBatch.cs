using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>Verifies a large batch of capsule fragments of one grant on several cores.</summary>
/// <remarks>
/// The batch is cut into combinations of <see cref="CapsuleFragBatch.ChunkSize"/>, which share tables of the verifying
/// key and nothing else. Every result stands at its fragment's index, so that what is named as bad does not depend on
/// the schedule.
/// </remarks>
public static class ParallelCapsuleFragBatch
{
    private static readonly OperatingSystemRandom Weights = new();

    /// <summary>
    /// Verifies each fragment as a re-encryption of the capsule beside it; the weights come from the operating system.
    /// </summary>
    /// <param name="items">Fragments with their capsules, in any order, of one or many capsules; may be empty.</param>
    /// <param name="verifyingKey">The delegator's.</param>
    /// <param name="delegatingKey">The key that the capsules were made for.</param>
    /// <param name="receivingKey">The key that the grant was made to.</param>
    /// <param name="cores">How many combinations are checked at once, from 1.</param>
    /// <returns>A result for each item, at its index.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No core.</exception>
    public static IReadOnlyList<CapsuleFragResult> Verify(
        (Capsule Capsule, CapsuleFrag CapsuleFrag)[] items, VerifyingKey verifyingKey, PublicKey delegatingKey,
        PublicKey receivingKey, int cores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cores, 1);
        var key = items.Length > CapsuleFragBatch.ChunkSize ? verifyingKey.Prepare() : verifyingKey;
        var results = new CapsuleFragResult[items.Length];
        var chunks = (items.Length + CapsuleFragBatch.ChunkSize - 1) / CapsuleFragBatch.ChunkSize;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = cores }, chunk =>
        {
            var first = chunk * CapsuleFragBatch.ChunkSize;
            var slice = new ArraySegment<(Capsule, CapsuleFrag)>(
                items, first, Math.Min(CapsuleFragBatch.ChunkSize, items.Length - first));
            var verified = CapsuleFragBatch.Verify(slice, key, delegatingKey, receivingKey, Weights);
            for (var i = 0; i < verified.Count; i++)
                results[first + i] = verified[i];
        });
        return results;
    }
}

using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Tests.Bob;

public sealed class ParallelCapsuleFragBatchTests
{
    private static readonly OperatingSystemRandom Random = new();

    private readonly SecretKey _delegating = SecretKey.Random(Random);
    private readonly SecretKey _receiving = SecretKey.Random(Random);
    private readonly Signer _signer = Signer.Random(Random);

    [Theory]
    [InlineData(1), InlineData(2), InlineData(7)]
    public void Verify_OneForgedAmongThousand_IsNamedWhateverTheCores(int cores)
    {
        var items = Items(1000);
        items[777].CapsuleFrag = WithoutProof(items[777].CapsuleFrag);

        var results = Verify(items, cores);

        Assert.Equal(1000, results.Count);
        Assert.Equal(CapsuleFragVerdict.ReencryptionProofInvalid, results[777].Verdict);
        Assert.Null(results[777].Verified);
        Assert.All(results.Where((_, i) => i != 777), result => Assert.Equal(CapsuleFragVerdict.Valid, result.Verdict));
    }

    [Fact]
    public void Verify_Empty_IsEmpty() => Assert.Empty(Verify([], 2));

    [Fact]
    public void Verify_NoCore_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Verify([], 0));

    private IReadOnlyList<CapsuleFragResult> Verify((Capsule Capsule, CapsuleFrag CapsuleFrag)[] items, int cores) =>
        ParallelCapsuleFragBatch.Verify(
            items, _signer.VerifyingKey, _delegating.PublicKey, _receiving.PublicKey, cores);

    /// <summary>As many fragments of one capsule as asked for, of eight proxies.</summary>
    private (Capsule Capsule, CapsuleFrag CapsuleFrag)[] Items(int count)
    {
        var (capsule, _) = ProxyReencryption.Encrypt(_delegating.PublicKey, [], Random);
        var fragments = ProxyReencryption
            .GenerateKeyFrags(_delegating, _receiving.PublicKey, _signer, 1, 8, true, true, Random)
            .Select(keyFrag => Read(ProxyReencryption.Reencrypt(capsule, keyFrag, Random).ToBytes()))
            .ToArray();
        return [.. Enumerable.Range(0, count).Select(i => (capsule, fragments[i % fragments.Length]))];
    }

    /// <summary>The fragment with another z.</summary>
    private static CapsuleFrag WithoutProof(CapsuleFrag fragment)
    {
        const int Z = 283;
        var bytes = fragment.ToBytes();
        bytes[Z + 31] ^= 1;
        return Read(bytes);
    }

    private static CapsuleFrag Read(byte[] bytes)
    {
        Assert.True(CapsuleFrag.TryRead(bytes, out var fragment));
        return fragment;
    }
}

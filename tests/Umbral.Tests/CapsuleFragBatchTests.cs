using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral.Tests;

public sealed class CapsuleFragBatchTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(CapsuleFragBatch.ChunkSize), InlineData(CapsuleFragBatch.ChunkSize + 1)]
    [InlineData(80)]
    public void Verify_AllGood_VerifiesEach(int count)
    {
        var world = new World(1, 2, count + 1);
        var items = Items(world).Take(count).ToArray();

        var results = Verify(world, items);

        Assert.Equal(count, results.Count);
        Assert.All(results, result => Assert.Equal(CapsuleFragVerdict.Valid, result.Verdict));
        Assert.Equal(
            items.Select(item => item.CapsuleFrag.ToBytes()), results.Select(result => result.Verified!.ToBytes()));
    }

    [Fact]
    public void Verify_Empty_IsEmpty() => Assert.Empty(Verify(new World(2), []));

    [Fact]
    public void Verify_ManyCapsules_KeepsThemApart()
    {
        var world = new World(3, 2, 3);
        var (other, _) = ProxyReencryption.Encrypt(world.Delegating.PublicKey, [], world.Random);
        var good = Items(world).Concat(world.KeyFrags.Select(
            kfrag => (other, Read(ProxyReencryption.Reencrypt(other, kfrag, world.Random))))).ToArray();
        var mixed = good.Select((item, i) => i == 1 ? (other, item.Item2) : item).ToArray();

        Assert.All(Verify(world, good), result => Assert.Equal(CapsuleFragVerdict.Valid, result.Verdict));
        CheckOnlyBad(Verify(world, mixed), 1, CapsuleFragVerdict.ReencryptionProofInvalid);
    }

    [Theory]
    [InlineData(4, 143, CapsuleFragVerdict.ReencryptionProofInvalid)] // E₂
    [InlineData(5, 283, CapsuleFragVerdict.ReencryptionProofInvalid)] // z
    [InlineData(6, 3, CapsuleFragVerdict.ReencryptionProofInvalid)] // E₁
    [InlineData(7, 340, CapsuleFragVerdict.KeyFragSignatureInvalid)] // r
    public void Verify_OneForgedAmongThousand_IsNamedWithItsReason(int seed, int offset, CapsuleFragVerdict expected)
    {
        var world = new World(seed, 1, 8);
        var some = Items(world).ToArray();
        var items = Enumerable.Range(0, 1000).Select(i => some[i % some.Length]).ToArray();
        items[777] = (items[777].Capsule, Forge(items[777].CapsuleFrag, offset));

        CheckOnlyBad(Verify(world, items), 777, expected);
    }

    /// <summary>Two proofs made with E₂ = τ·E + G and τ·E − G: with equal weights the errors would cancel.</summary>
    [Fact]
    public void Verify_ErrorsThatWouldCancel_AreBothNamed()
    {
        var world = new World(8, 2, 4);
        var items = Items(world).ToArray();
        var first = ForgeProof(world.Capsule, world.KeyFrags[0], AffinePoint.G, world.Random);
        var second = ForgeProof(world.Capsule, world.KeyFrags[1], AffinePoint.G.Negated(), world.Random);

        var results = Verify(world, [(world.Capsule, first), (world.Capsule, second), items[2], items[3]]);

        Assert.Equal(
            [
                CapsuleFragVerdict.ReencryptionProofInvalid, CapsuleFragVerdict.ReencryptionProofInvalid,
                CapsuleFragVerdict.Valid, CapsuleFragVerdict.Valid,
            ],
            results.Select(result => result.Verdict));
    }

    private static IEnumerable<(Capsule Capsule, CapsuleFrag CapsuleFrag)> Items(World world) =>
        world.Unverified().Select(cfrag => (world.Capsule, cfrag));

    private static CapsuleFrag Read(VerifiedCapsuleFrag verified)
    {
        Assert.True(CapsuleFrag.TryRead(verified.ToBytes(), out var cfrag));
        return cfrag;
    }

    private static IReadOnlyList<CapsuleFragResult> Verify(
        World world, (Capsule, CapsuleFrag)[] items) => CapsuleFragBatch.Verify(
        items, world.Signer.VerifyingKey, world.Delegating.PublicKey, world.Receiving.PublicKey, world.Random);

    private static void CheckOnlyBad(IReadOnlyList<CapsuleFragResult> results, int bad, CapsuleFragVerdict expected)
    {
        Assert.Equal(expected, results[bad].Verdict);
        Assert.Null(results[bad].Verified);
        Assert.All(results.Where((_, i) => i != bad), result => Assert.Equal(CapsuleFragVerdict.Valid, result.Verdict));
    }

    /// <summary>A proof that is right but for an error in E₂, with the challenge that belongs to it.</summary>
    private static CapsuleFrag ForgeProof(
        Capsule capsule, VerifiedKeyFrag kfrag, AffinePoint error, RandomSource random)
    {
        var draw = new byte[32];
        random.Fill(draw);
        var bytes = ProxyReencryption.Reencrypt(capsule, kfrag, new ScriptedRandom([draw])).ToBytes();
        Assert.Equal(ReadVerdict.Ok, AffinePoint.ReadCompressed(bytes.AsSpan(CapsuleFragLayout.E2, 33), out var e2));
        var sum = JacobianPoint.From(e2);
        JacobianPoint.AddVarTime(ref sum, error);
        Affine.From(sum).WriteCompressed(bytes.AsSpan(CapsuleFragLayout.E2));
        Assert.True(Scalar.TryRead(draw, out var tau));
        var challenge = CapsuleFragLayout.Challenge(capsule, bytes);
        Scalar.Add(tau, Scalar.Multiply(challenge, kfrag.ReadKey())).Write(bytes.AsSpan(CapsuleFragLayout.Z));
        Assert.True(CapsuleFrag.TryRead(bytes, out var forged));
        return forged;
    }

    /// <summary>The fragment with the first byte from the offset on changed that still reads.</summary>
    private static CapsuleFrag Forge(CapsuleFrag cfrag, int offset)
    {
        for (; ; offset++)
        {
            var bytes = cfrag.ToBytes();
            bytes[offset] ^= 1;
            if (CapsuleFrag.TryRead(bytes, out var forged))
                return forged;
        }
    }
}

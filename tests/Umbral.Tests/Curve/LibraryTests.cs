using System.Numerics;
using NuCypher.P2P.Umbral.Curve;
using Secp256k1Net;

namespace NuCypher.P2P.Umbral.Tests.Curve;

/// <summary>Keys, points and signatures against libsecp256k1 (by Secp256k1.Net), at edges and at random.</summary>
public sealed class LibraryTests
{
    [Fact]
    public void MultiplyFixed_EdgeScalars_AreTheLibrarysPublicKeys()
    {
        foreach (var k in Oracle.EdgeScalars.Where(k => !k.IsZero))
        {
            var expected = Secp256k1.CreatePublicKey(Oracle.Bytes(k), compressed: true);
            var results = new JacobianPoint[1];
            foreach (var name in CurveBackend.Names)
            {
                CurveBackend.Named(name).MultiplyFixed(FixedBase.G, [Oracle.Scalar(k)], results);
                Assert.Equal(Convert.ToHexStringLower(expected), Oracle.Hex(results[0]));
            }
        }
    }

    [Theory, InlineData(31)]
    public void Multiply_EdgeAndRandomScalars_IsTheLibrarysTweak(int seed)
    {
        var random = new Random(seed);
        foreach (var k in Scalars(random, 200))
        {
            var point = Secp256k1.CreatePublicKey(Oracle.Bytes(NonZero(random)), compressed: true);
            var expected = Convert.ToHexStringLower(Times(point, k));
            foreach (var name in CurveBackend.Names)
            {
                CurveBackend.Named(name).Multiply(JacobianPoint.From(Read(point)), Oracle.Scalar(k), out var product);
                Assert.True(expected == Oracle.Hex(product), $"seed {seed}, {name}, {k:x}");
            }
        }
    }

    [Theory, InlineData(32)]
    public void SumVarTime_PointsAndScalars_IsTheLibrarysSum(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            byte[][] points = [.. Enumerable.Range(0, 5).Select(_ =>
                Secp256k1.CreatePublicKey(Oracle.Bytes(NonZero(random)), compressed: true))];
            BigInteger[] k = [.. points.Select(_ => NonZero(random))];
            var expected = Convert.ToHexStringLower(Secp256k1.CombinePublicKeys(
                [.. points.Select((point, j) => Times(point, k[j]))], compressed: true));
            AffinePoint[] read = [.. points.Select(Read)];
            Scalar[] scalars = [.. k.Select(Oracle.Scalar)];
            foreach (var name in CurveBackend.Names)
            {
                CurveBackend.Named(name).SumVarTime(Oracle.Scalar(0), Oracle.Scalar(0), read, scalars, out var sum);
                Assert.True(expected == Oracle.Hex(sum), $"seed {seed}, case {i}, {name}");
            }
        }
    }

    [Theory, InlineData(33)]
    public void Sign_RandomMessages_VerifyAndRecoverThere(int seed)
    {
        var random = new SeededRandom(seed);
        for (var i = 0; i < 100; i++)
        {
            using var signer = Signer.Random(random);
            var digest = new byte[32];
            random.Fill(digest);

            var signature = Ecdsa.Sign(signer.Scalar, digest, new byte[32]);

            var (bytes, key) = (signature.Signature.ToBytes(), signer.VerifyingKey.ToBytes());
            Assert.True(Secp256k1.IsNormalizedSignature(bytes));
            Assert.True(Secp256k1.Verify(bytes, digest, key), $"seed {seed}, case {i}");
            Assert.Equal(key, Secp256k1.RecoverPublicKey(bytes, (byte)signature.RecoveryId, digest, compressed: true));
            Assert.Equal(Secp256k1.SignatureToDer(bytes), signature.Signature.ToDer());
        }
    }

    [Theory, InlineData(34)]
    public void Verify_TheLibrarysSignatures_AreValidAndChangedOnesAreNot(int seed)
    {
        var random = new SeededRandom(seed);
        for (var i = 0; i < 100; i++)
        {
            using var signer = Signer.Random(random);
            var (secret, digest) = (new byte[32], new byte[32]);
            signer.WriteSecret(secret);
            random.Fill(digest);

            var bytes = Secp256k1.Sign(digest, secret);

            Assert.True(Signature.TryRead(bytes, out var signature));
            Assert.True(Ecdsa.VerifyVarTime(signer.VerifyingKey, digest, signature), $"seed {seed}, case {i}");
            digest[i % 32] ^= 1;
            Assert.False(Ecdsa.VerifyVarTime(signer.VerifyingKey, digest, signature));
            Assert.False(Secp256k1.Verify(bytes, digest, signer.VerifyingKey.ToBytes()));
        }
    }

    [Theory, InlineData(35)]
    [Trait("Row", "CR-02")]
    public void TryRead_RandomKeys_TakesWhatTheLibraryTakes(int seed)
    {
        var random = new Random(seed);
        var taken = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = new byte[PublicKey.Size];
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(1, 5);
            if (random.Next(4) == 0)
                bytes.AsSpan(1, 20).Fill(0xFF); // about the field's modulus
            var expected = Secp256k1.IsValidPublicKey(bytes);

            Assert.True(expected == PublicKey.TryRead(bytes, out _), $"seed {seed}, {Convert.ToHexString(bytes)}");
            taken += expected ? 1 : 0;
        }

        Assert.InRange(taken, 1_000, 9_000);
    }

    private static IEnumerable<BigInteger> Scalars(Random random, int count) =>
        Oracle.EdgeScalars.Where(k => !k.IsZero).Concat(Enumerable.Range(0, count).Select(_ => NonZero(random)));

    private static byte[] Times(byte[] point, BigInteger k) =>
        Secp256k1.TweakPublicKeyMul(point, Oracle.Bytes(k), compressed: true);

    private static BigInteger NonZero(Random random) => 1 + Oracle.Random(random, Oracle.N - 1);

    private static AffinePoint Read(byte[] compressed)
    {
        Assert.Equal(ReadVerdict.Ok, AffinePoint.ReadCompressed(compressed, out var point));
        return point;
    }
}

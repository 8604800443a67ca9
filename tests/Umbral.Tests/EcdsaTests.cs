using System.Numerics;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;
using NuCypher.P2P.Umbral.Tests.Curve;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;

namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Verification against BouncyCastle, on the classes of cases that break ECDSA implementations.</summary>
public sealed class EcdsaTests
{
    private static readonly BigInteger[] Extremes =
    [
        0, 1, 2, 3, Oracle.N - 2, Oracle.N - 1, Oracle.N / 2, (Oracle.N / 2) + 1, Oracle.Lambda,
        BigInteger.One << 128, (BigInteger.One << 255) % Oracle.N, Oracle.P - Oracle.N, Oracle.P - Oracle.N - 1,
    ];

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(8)]
    [InlineData(Ecdsa.MaxTogether)]
    public void VerifyEach_OneForgedAmongMany_IsNamed(int count)
    {
        var world = new World(21);
        var digests = new byte[count * 32];
        world.Random.Fill(digests);
        var signatures = Enumerable.Range(0, count)
            .Select(i => Ecdsa.Sign(world.Signer.Scalar, digests.AsSpan(32 * i, 32), new byte[32]).Signature).ToArray();
        var valid = new bool[count];
        foreach (var key in new[] { world.Signer.VerifyingKey, world.Signer.VerifyingKey.Prepare() })
        {
            for (var bad = 0; bad < count; bad++)
            {
                var mixed = signatures.ToArray();
                mixed[bad] = new Signature(signatures[bad].R, Scalar.Add(signatures[bad].S, Scalar.One));

                Ecdsa.VerifyEachVarTime(key, digests, mixed, valid);

                Assert.Equal(Enumerable.Range(0, count).Select(i => i != bad), valid);
            }
        }
    }

    [Fact]
    public void Prepare_AnyKey_IsEqualAndVerifiesTheSame()
    {
        var world = new World(22);
        var (key, prepared) = (world.Signer.VerifyingKey, world.Signer.VerifyingKey.Prepare());
        var signature = world.Signer.Sign([1, 2], world.Random);

        Assert.Equal(key, prepared);
        Assert.Same(prepared, prepared.Prepare());
        Assert.True(prepared.Verify([1, 2], signature));
        Assert.False(prepared.Verify([1, 3], signature));
        Assert.Equal(
            CapsuleFragVerdict.Valid,
            world.Unverified()[0].Verify(
                world.Capsule, prepared, world.Delegating.PublicKey, world.Receiving.PublicKey, world.Random, out _));
    }

    [Theory, InlineData(1)]
    public void Verify_ExtremeAndRandomValues_AgreesWithBouncyCastle(int seed)
    {
        var random = new Random(seed);
        foreach (var d in Extremes.Where(d => !d.IsZero).Append(Oracle.Random(random, Oracle.N)))
        {
            var key = Oracle.Point(d);
            foreach (var r in Extremes)
            {
                foreach (var s in Extremes)
                    Compare(key, Digest(random), r, s);
            }
        }
    }

    [Theory, InlineData(2)]
    public void Verify_SignaturesMadeFromAnyNonce_AgreesWithBouncyCastle(int seed)
    {
        var random = new Random(seed);
        foreach (var k in Extremes.Where(k => !k.IsZero))
        {
            foreach (var d in Extremes.Where(d => !d.IsZero))
            {
                var digest = Digest(random);
                var r = Oracle.Value(Oracle.Point(k).X) % Oracle.N;
                var z = new BigInteger(digest, isUnsigned: true, isBigEndian: true);
                var s = BigInteger.ModPow(k, Oracle.N - 2, Oracle.N) * (z + (r * d)) % Oracle.N;

                Assert.True(Compare(Oracle.Point(d), digest, r, s));
                // the scheme; bytes refuse one of the two
                Assert.True(Compare(Oracle.Point(d), digest, r, Oracle.N - s));
                Assert.False(Compare(Oracle.Point(d), Digest(random), r, s));
                Assert.False(Compare(Oracle.Point(d), digest, (r + 1) % Oracle.N, s));
            }
        }
    }

    /// <summary>u₁·G + u₂·K is the identity: z = r·d·(−1).</summary>
    [Fact]
    public void Verify_SumIsTheIdentity_IsRefused()
    {
        BigInteger d = 12345, r = 777;
        var z = Oracle.N - (r * d % Oracle.N);

        Assert.False(Compare(Oracle.Point(d), Oracle.Bytes(z), r, 99));
    }

    [Fact]
    public void TryRead_ROrSOutOfRange_IsRefused()
    {
        foreach (var bad in new[] { 0, Oracle.N, Oracle.N + 1, (BigInteger.One << 256) - 1 })
        {
            Assert.False(Signature.TryRead([.. Oracle.Bytes(bad), .. Oracle.Bytes(1)], out _));
            Assert.False(Signature.TryRead([.. Oracle.Bytes(1), .. Oracle.Bytes(bad)], out _));
        }
        Assert.True(Signature.TryRead([.. Oracle.Bytes(Oracle.N - 1), .. Oracle.Bytes(Oracle.N / 2)], out _));
        Assert.False(Signature.TryRead([.. Oracle.Bytes(1), .. Oracle.Bytes((Oracle.N / 2) + 1)], out _));
    }

    [Theory, InlineData(3)]
    public void Sign_RandomKeysAndMessages_VerifiesAndIsRecoverable(int seed)
    {
        var random = new SeededRandom(seed);
        for (var i = 0; i < 50; i++)
        {
            var message = new byte[i];
            random.Fill(message);
            using var signer = Signer.Random(random);

            var signature = signer.SignRecoverable(message, random);

            Assert.True(signer.VerifyingKey.Verify(message, signature.Signature));
            Assert.False(signer.VerifyingKey.Verify([.. message, 0], signature.Signature));
            Assert.True(signature.TryRecover(SHA256.HashData(message), out var recovered));
            Assert.Equal(signer.VerifyingKey, recovered);
            Assert.NotEqual(signature.Signature, signer.Sign(message, random)); // hedged
        }
    }

    private static bool Compare(in AffinePoint key, byte[] digest, BigInteger r, BigInteger s)
    {
        var curve = SecNamedCurves.GetByName("secp256k1");
        var bouncy = new ECDsaSigner();
        bouncy.Init(false, new ECPublicKeyParameters(
            curve.Curve.DecodePoint(Oracle.Bouncy(key).GetEncoded()),
            new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H)));
        var expected = bouncy.VerifySignature(
            digest, new BouncyInteger(1, Oracle.Bytes(r)), new BouncyInteger(1, Oracle.Bytes(s)));

        var valid = !r.IsZero && !s.IsZero
            && Ecdsa.VerifyVarTime(new VerifyingKey(key), digest, new Signature(Oracle.Scalar(r), Oracle.Scalar(s)));

        Assert.Equal(expected, valid);
        return valid;
    }

    private static byte[] Digest(Random random)
    {
        var digest = new byte[32];
        random.NextBytes(digest);
        return digest;
    }
}

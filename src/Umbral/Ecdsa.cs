using System.Diagnostics;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>ECDSA over secp256k1 with SHA-256.</summary>
internal static class Ecdsa
{
    /// <summary>Fresh random bytes that go into every nonce beside key and message.</summary>
    public const int HedgeSize = 32;

    /// <summary>How many signatures are verified together at most, which bounds the stack they take.</summary>
    public const int MaxTogether = 32;

    private const int DigestSize = SHA256.HashSizeInBytes;

    private static readonly Words256 Order =
        new(Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));

    /// <summary>Signs a digest. Constant-time.</summary>
    public static RecoverableSignature Sign(in Scalar key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> hedge)
    {
        var k = DeterministicNonce.Derive(key, digest, hedge);
        var point = Generator.Multiply(k);
        return Complete(key, digest, ScalarInverse.Invert(k), point);
    }

    /// <summary>The signature from a nonce's inverse and its point. Constant-time.</summary>
    public static RecoverableSignature Complete(
        in Scalar key, ReadOnlySpan<byte> digest, in Scalar inverseNonce, in AffinePoint point)
    {
        var r = ReadX(point, out var overflow);
        var z = Scalar.ReadReduced(digest);
        var s = Scalar.Multiply(inverseNonce, Scalar.Add(z, Scalar.Multiply(r, key)));
        var high = s.IsHighMask();
        var odd = (int)(point.Y.N0 & 1) ^ (int)(high & 1);
        return new RecoverableSignature(new Signature(r, Scalar.NegateIf(s, high)), odd | (overflow << 1));
    }

    /// <summary>Whether r is the x of (z/s)·G + (r/s)·K, modulo n. Not constant-time.</summary>
    public static bool VerifyVarTime(VerifyingKey key, ReadOnlySpan<byte> digest, Signature signature)
    {
        Span<bool> valid = stackalloc bool[1];
        VerifyEachVarTime(key, digest, [signature], valid);
        return valid[0];
    }

    /// <summary>
    /// The same for up to <see cref="MaxTogether"/> signatures under one key, with one inversion and what tables of it
    /// save.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="digests">A digest for each signature, one after the other.</param>
    /// <param name="signatures">The signatures.</param>
    /// <param name="valid">Whether each is valid.</param>
    public static void VerifyEachVarTime(
        VerifyingKey key, ReadOnlySpan<byte> digests, ReadOnlySpan<Signature> signatures, Span<bool> valid)
    {
        Debug.Assert(signatures.Length <= MaxTogether);
        Span<Scalar> g = stackalloc Scalar[signatures.Length];
        Span<Scalar> k = stackalloc Scalar[signatures.Length];
        for (var i = 0; i < signatures.Length; i++)
            k[i] = signatures[i].S;
        ScalarInverse.InvertVarTime(k);
        for (var i = 0; i < signatures.Length; i++)
        {
            g[i] = Scalar.Multiply(Scalar.ReadReduced(digests.Slice(i * DigestSize, DigestSize)), k[i]);
            k[i] = Scalar.Multiply(signatures[i].R, k[i]);
        }
        Span<JacobianPoint> sums = stackalloc JacobianPoint[signatures.Length];
        key.SumEachVarTime(g, k, sums);
        for (var i = 0; i < signatures.Length; i++)
            valid[i] = !sums[i].IsIdentity && (HasX(sums[i], signatures[i].R, 0) || HasX(sums[i], signatures[i].R, 1));
    }

    /// <summary>K = (s·R − z·G)/r. Not constant-time.</summary>
    public static bool TryRecoverVarTime(ReadOnlySpan<byte> digest, RecoverableSignature signature, out AffinePoint key)
    {
        key = default;
        if (!TryReadX(signature.Signature.R, signature.RecoveryId >> 1, out var x))
            return false;
        Span<byte> compressed = stackalloc byte[AffinePoint.CompressedSize];
        compressed[0] = (byte)(2 + (signature.RecoveryId & 1));
        x.Write(compressed[1..]);
        if (AffinePoint.ReadCompressed(compressed, out var point) != ReadVerdict.Ok)
            return false;
        var inverse = ScalarInverse.Invert(signature.Signature.R);
        var g = Scalar.Negate(Scalar.Multiply(Scalar.ReadReduced(digest), inverse));
        var k = Scalar.Multiply(signature.Signature.S, inverse);
        CurveBackend.Current.SumVarTime(g, default, [point], [k], out var sum);
        if (sum.IsIdentity)
            return false;
        key = Affine.From(sum);
        return true;
    }

    /// <summary>x modulo n, and whether it was n or more.</summary>
    private static Scalar ReadX(in AffinePoint point, out int overflow)
    {
        var r = Scalar.FromReducedWords(point.X.ToWords());
        overflow = (int)r.ReduceOnce(0);
        return r;
    }

    /// <summary>Whether x = r + overflow·n, without dividing by Z².</summary>
    private static bool HasX(in JacobianPoint point, in Scalar r, int overflow)
    {
        if (!TryReadX(r, overflow, out var x))
            return false;
        FieldProduct.Square(out var zz, point.Z);
        FieldProduct.Multiply(out x, x, zz);
        FieldElement.Subtract(out x, x, point.X, 1);
        return x.IsZeroVarTime();
    }

    /// <summary>r + overflow·n as a field element, if that is below p.</summary>
    private static bool TryReadX(in Scalar r, int overflow, out FieldElement x)
    {
        var words = r.Words;
        if (overflow == 1 && !TryAddOrder(ref words))
        {
            x = default;
            return false;
        }
        Span<byte> bytes = stackalloc byte[FieldElement.Size];
        words.Write(bytes);
        return FieldElement.TryRead(bytes, out x);
    }

    private static bool TryAddOrder(ref Words256 words)
    {
        var value = (new UInt128(words.W1, words.W0), new UInt128(words.W3, words.W2));
        var low = value.Item1 + new UInt128(Order.W1, Order.W0);
        var carry = low < value.Item1 ? UInt128.One : UInt128.Zero;
        var high = value.Item2 + new UInt128(Order.W3, Order.W2) + carry;
        words = new Words256 { W0 = (ulong)low, W1 = (ulong)(low >> 64), W2 = (ulong)high, W3 = (ulong)(high >> 64) };
        return value.Item2 == UInt128.Zero && high != UInt128.Zero;
    }
}

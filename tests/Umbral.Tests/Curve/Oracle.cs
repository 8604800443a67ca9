using System.Globalization;
using System.Numerics;
using NuCypher.P2P.Umbral.Curve;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;
using BouncyPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace NuCypher.P2P.Umbral.Tests.Curve;

/// <summary>Slow and independent arithmetic to compare with: BigInteger, and BouncyCastle's curve.</summary>
internal static class Oracle
{
    public static readonly BigInteger P = (BigInteger.One << 256) - (BigInteger.One << 32) - 977;
    public static readonly BigInteger N = Number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    public static readonly BigInteger Lambda = Number(
        "5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72");

    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");

    /// <summary>Scalars at which arithmetic tends to break.</summary>
    public static IEnumerable<BigInteger> EdgeScalars =>
        new BigInteger[]
        {
            0, 1, 2, 3, N - 1, N - 2, Lambda, N - Lambda, Lambda + 1, 2 * Lambda % N, N / 2, (N / 2) + 1,
        }
            .Concat(Enumerable.Range(1, 255).Where(k => k % 13 is 0 or 12 || k % 52 is 0 or 51)
                .SelectMany(k => new[] { (BigInteger.One << k) - 1, BigInteger.One << k, (BigInteger.One << k) + 1 }))
            .Select(k => k % N);

    public static BigInteger Number(string hex) =>
        BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static BigInteger Random(Random random, BigInteger modulus)
    {
        var bytes = new byte[40];
        random.NextBytes(bytes);
        return new BigInteger(bytes, isUnsigned: true) % modulus;
    }

    public static byte[] Bytes(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    public static Scalar Scalar(BigInteger value)
    {
        Assert.True(Umbral.Curve.Scalar.TryRead(Bytes(value), out var scalar));
        return scalar;
    }

    public static BigInteger Value(in Scalar scalar)
    {
        Span<byte> bytes = stackalloc byte[32];
        scalar.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    public static FieldElement Element(BigInteger value)
    {
        Assert.True(FieldElement.TryRead(Bytes(value), out var element));
        return element;
    }

    public static BigInteger Value(in FieldElement e) =>
        (e.N0 + ((BigInteger)e.N1 << 52) + ((BigInteger)e.N2 << 104)
            + ((BigInteger)e.N3 << 156) + ((BigInteger)e.N4 << 208)) % P;

    public static BouncyPoint Bouncy(in AffinePoint point) =>
        Parameters.Curve.CreatePoint(Bouncy(Value(point.X)), Bouncy(Value(point.Y)));

    public static BouncyPoint Multiply(BouncyPoint point, BigInteger k) => point.Multiply(Bouncy(k));

    /// <summary>The 33 bytes of a point, or one zero byte for the identity.</summary>
    public static string Hex(BouncyPoint point) => Convert.ToHexStringLower(point.GetEncoded(compressed: true));

    /// <summary>The 33 bytes of a point, or one zero byte for the identity.</summary>
    public static string Hex(in JacobianPoint point)
    {
        if (point.IsIdentity)
            return "00";
        var bytes = new byte[33];
        Affine.From(point).WriteCompressed(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static AffinePoint Point(BigInteger k)
    {
        var point = Parameters.G.Multiply(Bouncy(k)).Normalize();
        return new AffinePoint { X = Element(Number(point.AffineXCoord)), Y = Element(Number(point.AffineYCoord)) };
    }

    private static BigInteger Number(Org.BouncyCastle.Math.EC.ECFieldElement element) =>
        new(element.GetEncoded(), isUnsigned: true, isBigEndian: true);

    private static BouncyInteger Bouncy(BigInteger value) => new(1, Bytes(value));
}

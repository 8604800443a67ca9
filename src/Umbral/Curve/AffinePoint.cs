using System.Diagnostics;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>A point of y² = x³ + 7, never the identity; coordinates are normalised.</summary>
internal struct AffinePoint
{
    /// <summary>The size of a compressed point in bytes.</summary>
    public const int CompressedSize = 33;

    public FieldElement X;
    public FieldElement Y;

    /// <summary>The standard generator.</summary>
    public static readonly AffinePoint G = FromHex(
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");

    /// <summary>The second generator, RFC 9380 hash_to_curve of <c>POINT_U</c> under <c>PARAMETERS</c>.</summary>
    public static readonly AffinePoint U = FromHex(
        "079390d0fbe220fc34aab8ecbf49098098036820fadb98c03143e55db8ec73cd",
        "7ea50b219da86a70e8489413e4b9388afb63ac6f26e5ec2cfdd983b83f0e84e7");

    /// <summary>The cube root of one that multiplies x in λ·(x, y) = (β·x, y).</summary>
    public static readonly FieldElement Beta =
        FieldElement.FromHex("7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501ee");

    /// <summary>−P.</summary>
    public readonly AffinePoint Negated()
    {
        var r = this;
        FieldElement.Negate(out r.Y, Y, 1);
        r.Y.Normalize();
        return r;
    }

    public readonly bool EqualTo(in AffinePoint other) =>
        X.EqualsNormalized(other.X) && Y.EqualsNormalized(other.Y);

    /// <summary>Writes 33 bytes: 02 or 03 by the parity of y, then x.</summary>
    public readonly void WriteCompressed(Span<byte> destination)
    {
        destination[0] = (byte)(2 + (Y.N0 & 1));
        X.Write(destination[1..]);
    }

    /// <summary>Reads 33 bytes; only 02 and 03, x below p, on the curve.</summary>
    public static ReadVerdict ReadCompressed(ReadOnlySpan<byte> bytes, out AffinePoint point)
    {
        var verdict = ReadX(bytes, out point);
        if (verdict != ReadVerdict.Ok)
            return verdict;
        RightHandSide(out var square, point.X);
        FieldPower.SquareRoot(out var root, square);
        return point.TryTakeRoot(root, square, bytes[0]) ? ReadVerdict.Ok : ReadVerdict.PointNotOnCurve;
    }

    /// <summary>Reads the x of 33 bytes; only 02 and 03, x below p.</summary>
    public static ReadVerdict ReadX(ReadOnlySpan<byte> bytes, out AffinePoint point)
    {
        point = default;
        Debug.Assert(bytes.Length == CompressedSize);
        if (bytes[0] is not (2 or 3))
            return ReadVerdict.PointEncoding;
        return FieldElement.TryRead(bytes[1..], out point.X) ? ReadVerdict.Ok : ReadVerdict.PointNotOnCurve;
    }

    /// <summary>x³ + 7.</summary>
    public static void RightHandSide(out FieldElement r, in FieldElement x)
    {
        FieldProduct.Square(out var square, x);
        FieldProduct.Multiply(out r, square, x);
        r.N0 += 7;
    }

    /// <summary>
    /// Takes the root whose parity the first byte of the encoding names; false if it is no root of the square.
    /// </summary>
    public bool TryTakeRoot(in FieldElement root, in FieldElement square, byte first)
    {
        Y = root;
        Y.Normalize();
        FieldElement.Negate(out var other, Y, 1);
        other.Normalize();
        Y.TakeIf(other, Y.OddMask ^ (0 - (ulong)(first & 1)));
        FieldProduct.Square(out var again, root);
        FieldElement.Subtract(out again, again, square, 8);
        return again.IsZeroMask() != 0;
    }

    private static AffinePoint FromHex(string x, string y) =>
        new() { X = FieldElement.FromHex(x), Y = FieldElement.FromHex(y) };
}

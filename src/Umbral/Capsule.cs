using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>
/// An encapsulated key whose proof has been checked: points E and V and a scalar s with s·G = V + h·E.
/// </summary>
/// <remarks>
/// 105 bytes, MessagePack: <c>93</c>, <c>c4 21</c> E, <c>c4 21</c> V, <c>c4 20</c> s. h is the hash of E ‖ V to a
/// scalar. Anyone can check it; it says that whoever made it knew the discrete logarithm of E. V = −E is refused,
/// because the shared point would be the identity.
/// </remarks>
public sealed class Capsule : IEquatable<Capsule>
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 105;

    /// <summary>The size of the plain form in bytes.</summary>
    public const int PlainSize = 98;

    private static readonly WireLayout Layout = new(
        Size, (0, [0x93]), (1, WireLayout.Point), (36, WireLayout.Point), (71, WireLayout.Scalar));

    private readonly byte[] _plain = new byte[PlainSize];

    internal Capsule(in AffinePoint e, in AffinePoint v, in Scalar s)
    {
        (E, V, S) = (e, v, s);
        e.WriteCompressed(_plain);
        v.WriteCompressed(_plain.AsSpan(33));
        s.Write(_plain.AsSpan(66));
        H = HashToScalar.CapsulePoints(Points);
    }

    /// <summary>The capsule whose secrets are r and u: s = u + r·h.</summary>
    internal Capsule(in AffinePoint e, in AffinePoint v, in Scalar r, in Scalar u)
        : this(e, v, default)
    {
        S = Scalar.Add(u, Scalar.Multiply(r, H));
        S.Write(_plain.AsSpan(66));
    }

    internal AffinePoint E { get; }

    internal AffinePoint V { get; }

    internal Scalar S { get; }

    /// <summary>The hash of E ‖ V.</summary>
    internal Scalar H { get; }

    /// <summary>E ‖ V ‖ s.</summary>
    internal ReadOnlySpan<byte> Plain => _plain;

    /// <summary>E ‖ V.</summary>
    internal ReadOnlySpan<byte> Points => _plain.AsSpan(0, 66);

    /// <summary>Reads the canonical encoding and checks the proof.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Capsule? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding and checks the proof; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Capsule? value, out ReadVerdict verdict)
    {
        value = null;
        verdict = Layout.Check(bytes);
        if (verdict != ReadVerdict.Ok)
            return false;
        Span<AffinePoint> points = stackalloc AffinePoint[2];
        verdict = PointReader.Read(bytes, [3, 38], points);
        if (verdict != ReadVerdict.Ok)
            return false;
        verdict = Scalar.TryRead(bytes[73..], out var s) ? ReadVerdict.Ok : ReadVerdict.ScalarRange;
        if (verdict != ReadVerdict.Ok)
            return false;
        var capsule = new Capsule(points[0], points[1], s);
        verdict = capsule.CheckVarTime();
        value = verdict == ReadVerdict.Ok ? capsule : null;
        return value is not null;
    }

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        Layout.Write(destination);
        Plain[..33].CopyTo(destination[3..]);
        Plain[33..66].CopyTo(destination[38..]);
        Plain[66..].CopyTo(destination[73..]);
    }

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>Writes E ‖ V ‖ s, 98 bytes: the associated data of a payload's encryption.</summary>
    public void WritePlain(Span<byte> destination) => Plain.CopyTo(destination);

    /// <inheritdoc/>
    public bool Equals(Capsule? other) => other is not null && Plain.SequenceEqual(other.Plain);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Capsule);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_plain, 1);

    /// <summary>The type and the first 8 bytes of s.</summary>
    public override string ToString() => $"Capsule:{Convert.ToHexStringLower(Plain.Slice(66, 8))}";

    /// <summary>E + V, which a public capsule does not hide.</summary>
    internal JacobianPoint Sum()
    {
        var sum = JacobianPoint.From(E);
        JacobianPoint.AddVarTime(ref sum, V);
        return sum;
    }

    private ReadVerdict CheckVarTime()
    {
        if (E.Negated().EqualTo(V))
            return ReadVerdict.CapsuleDegenerate;
        var minusOne = Scalar.Negate(Scalar.One);
        CurveBackend.Current.SumVarTime(S, default, [E, V], [Scalar.Negate(H), minusOne], out var difference);
        return difference.IsIdentity ? ReadVerdict.Ok : ReadVerdict.CapsuleEquation;
    }
}

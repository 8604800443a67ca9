using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>An ECDSA signature over secp256k1, low s only.</summary>
/// <remarks>
/// 64 bytes: r ‖ s, big-endian, 1 ≤ r &lt; n, 1 ≤ s ≤ (n − 1)/2. Refusing the other half makes encodings unique; every
/// honest signer normalises s.
/// </remarks>
public sealed class Signature : IEquatable<Signature>
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 64;

    internal Signature(in Scalar r, in Scalar s) => (R, S) = (r, s);

    internal Scalar R { get; }

    internal Scalar S { get; }

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signature? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signature? value, out ReadVerdict verdict)
    {
        value = null;
        verdict = bytes.Length == Size ? ReadVerdict.SignatureRange : ReadVerdict.WrongLength;
        if (bytes.Length != Size || !Scalar.TryRead(bytes[..32], out var r) || !Scalar.TryRead(bytes[32..], out var s))
            return false;
        if (r.IsZero || s.IsZero || s.IsHighMask() != 0)
            return false;
        (value, verdict) = (new Signature(r, s), ReadVerdict.Ok);
        return true;
    }

    /// <summary>Reads the DER form, strictly: SEQUENCE of two minimal positive INTEGERs, nothing after them.</summary>
    public static bool TryReadDer(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signature? value, out ReadVerdict verdict)
    {
        value = null;
        verdict = ReadVerdict.SignatureEncoding;
        Span<byte> plain = stackalloc byte[Size];
        return DerSignature.TryRead(bytes, plain) && TryRead(plain, out value, out verdict);
    }

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        R.Write(destination);
        S.Write(destination[32..]);
    }

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>The DER form as a new array, 8 to 72 bytes.</summary>
    public byte[] ToDer() => DerSignature.Write(ToBytes());

    /// <inheritdoc/>
    public bool Equals(Signature? other) => other is not null && R.EqualTo(other.R) && S.EqualTo(other.S);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Signature);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)R.Words.W0;

    /// <summary>The type and the first 8 bytes of r.</summary>
    public override string ToString() => $"Signature:{Convert.ToHexStringLower(ToBytes().AsSpan(0, 8))}";
}

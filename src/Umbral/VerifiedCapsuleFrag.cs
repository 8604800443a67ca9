using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A capsule fragment that may be opened with: verified, or just made by this proxy.</summary>
public sealed class VerifiedCapsuleFrag
{
    private readonly byte[] _bytes;

    /// <summary>Keeps the array, which nobody changes any more.</summary>
    internal VerifiedCapsuleFrag(byte[] bytes, in AffinePoint e1, in AffinePoint v1) =>
        (_bytes, E1, V1) = (bytes, e1, v1);

    internal AffinePoint E1 { get; }

    internal AffinePoint V1 { get; }

    internal ReadOnlySpan<byte> Id => _bytes.AsSpan(CapsuleFragLayout.Id, KeyFragLayout.IdSize);

    internal ReadOnlySpan<byte> Precursor => _bytes.AsSpan(CapsuleFragLayout.Precursor, PublicKey.Size);

    /// <summary>
    /// Reads bytes that this process itself exported from a verified fragment and kept authenticated since.
    /// </summary>
    public static bool TryReadTrusted(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerifiedCapsuleFrag? value)
    {
        value = CapsuleFrag.TryRead(bytes, out var fragment)
            ? new VerifiedCapsuleFrag(fragment.ToBytes(), fragment.E1, fragment.V1)
            : null;
        return value is not null;
    }

    /// <summary>Writes the encoding; the destination must hold <see cref="CapsuleFrag.Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>The type and the first 8 bytes of the id.</summary>
    public override string ToString() => $"VerifiedCapsuleFrag:{Convert.ToHexStringLower(Id[..8])}";
}

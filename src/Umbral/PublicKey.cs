using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A public encryption key, delegating or receiving: a point of secp256k1.</summary>
/// <remarks>33 bytes, compressed point, SEC 1; nothing else is read, and never the identity.</remarks>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = AffinePoint.CompressedSize;

    private readonly byte[] _bytes = new byte[Size];

    internal PublicKey(in AffinePoint point)
    {
        Point = point;
        point.WriteCompressed(_bytes);
    }

    internal AffinePoint Point { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? value, out ReadVerdict verdict)
    {
        var point = default(AffinePoint);
        verdict = bytes.Length == Size ? AffinePoint.ReadCompressed(bytes, out point) : ReadVerdict.WrongLength;
        value = verdict == ReadVerdict.Ok ? new PublicKey(point) : null;
        return value is not null;
    }

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 1);

    /// <summary>The type and the first 8 bytes.</summary>
    public override string ToString() => $"PublicKey:{Convert.ToHexStringLower(Bytes[..8])}";
}

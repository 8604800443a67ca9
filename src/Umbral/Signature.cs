using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>An ECDSA signature over SHA-256, low s only.</summary>
/// <remarks>64 bytes: r ‖ s, big-endian.</remarks>
public sealed class Signature : IEquatable<Signature>
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 64;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signature? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signature? value, out ReadVerdict verdict) =>
        throw new NotImplementedException();

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Equals(Signature? other) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Signature);

    /// <inheritdoc/>
    public override int GetHashCode() => throw new NotImplementedException();
}

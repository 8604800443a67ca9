using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A public encryption key, delegating or receiving: a point of secp256k1.</summary>
/// <remarks>33 bytes, compressed point, SEC 1; nothing else is read.</remarks>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 33;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? value, out ReadVerdict verdict) =>
        throw new NotImplementedException();

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => throw new NotImplementedException();
}

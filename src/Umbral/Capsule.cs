using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>An encapsulated key whose proof has been checked: E, V, s with s·G = V + h·E.</summary>
/// <remarks>105 bytes: see docs/umbral.md.</remarks>
public sealed class Capsule : IEquatable<Capsule>
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 105;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Capsule? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Capsule? value, out ReadVerdict verdict) =>
        throw new NotImplementedException();

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>The size of the plain form in bytes.</summary>
    public const int PlainSize = 98;

    /// <summary>Writes E ‖ V ‖ s, 98 bytes, the associated data of a payload's encryption.</summary>
    public void WritePlain(Span<byte> destination) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Equals(Capsule? other) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Capsule);

    /// <inheritdoc/>
    public override int GetHashCode() => throw new NotImplementedException();
}

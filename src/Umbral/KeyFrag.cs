using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A fragment of a re-encryption key as it came from the network: canonical, not verified.</summary>
public sealed class KeyFrag : IDisposable
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 310;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KeyFrag? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KeyFrag? value, out ReadVerdict verdict) =>
        throw new NotImplementedException();

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Verifies the fragment for its proxy; keys that the signature covers must be given.</summary>
    public KeyFragVerdict Verify(
        VerifyingKey verifyingKey, PublicKey? delegatingKey, PublicKey? receivingKey, out VerifiedKeyFrag? verified) =>
        throw new NotImplementedException();

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => throw new NotImplementedException();
}

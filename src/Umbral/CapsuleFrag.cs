using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A re-encrypted capsule as it came from a proxy: canonical, not verified.</summary>
public sealed class CapsuleFrag
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 381;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CapsuleFrag? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CapsuleFrag? value, out ReadVerdict verdict) =>
        throw new NotImplementedException();

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Verifies the fragment as a re-encryption of <paramref name="capsule"/>; draws 3 weights of 16 bytes.</summary>
    public CapsuleFragVerdict Verify(
        Capsule capsule, VerifyingKey verifyingKey, PublicKey delegatingKey, PublicKey receivingKey,
        RandomSource weights, out VerifiedCapsuleFrag? verified) =>
        throw new NotImplementedException();
}

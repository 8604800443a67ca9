using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A signature and what is missing in it to find the verifying key.</summary>
/// <remarks>65 bytes: r ‖ s ‖ v, v from 0 to 3: bit 0 the parity of R's y, bit 1 whether R's x was n or more.</remarks>
public sealed class RecoverableSignature
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = 65;

    internal RecoverableSignature(Signature signature, int recoveryId) =>
        (Signature, RecoveryId) = (signature, recoveryId);

    /// <summary>The signature alone.</summary>
    public Signature Signature { get; }

    /// <summary>v, 0 to 3.</summary>
    public int RecoveryId { get; }

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RecoverableSignature? value, out ReadVerdict verdict)
    {
        value = null;
        verdict = bytes.Length != Size ? ReadVerdict.WrongLength
            : bytes[^1] > 3 ? ReadVerdict.RecoveryByte : ReadVerdict.Ok;
        if (verdict == ReadVerdict.Ok && Signature.TryRead(bytes[..^1], out var signature, out verdict))
            value = new RecoverableSignature(signature, bytes[^1]);
        return value is not null;
    }

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => [.. Signature.ToBytes(), (byte)RecoveryId];

    /// <summary>Finds the key that made this signature over a digest of 32 bytes; false if there is none.</summary>
    /// <exception cref="ArgumentException">The digest is not 32 bytes.</exception>
    public bool TryRecover(ReadOnlySpan<byte> digest, [NotNullWhen(true)] out VerifyingKey? key)
    {
        if (digest.Length != 32)
            throw new ArgumentException("A digest is 32 bytes.", nameof(digest));
        key = Ecdsa.TryRecoverVarTime(digest, this, out var point) ? new VerifyingKey(point) : null;
        return key is not null;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A re-encrypted capsule as it came from a proxy: canonical, not verified.</summary>
/// <remarks>
/// 381 bytes, MessagePack, see docs/umbral.md: E₁ = rk·E, V₁ = rk·V, the key fragment's id and precursor, and a proof
/// that one rk, the one in the commitment U₁ that the delegator signed, made all of them.
/// </remarks>
public sealed class CapsuleFrag
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = CapsuleFragLayout.Size;

    /// <summary>The size of the plain form in bytes.</summary>
    public const int PlainSize = 359;

    private readonly byte[] _bytes;

    private CapsuleFrag(ReadOnlySpan<byte> bytes, ReadOnlySpan<AffinePoint> points, in Scalar z, Signature signature)
    {
        _bytes = [.. bytes];
        (E1, V1, E2, V2, U1, U2) = (points[0], points[1], points[3], points[4], points[5], points[6]);
        (Z, Signature) = (z, signature);
    }

    internal AffinePoint E1 { get; }

    internal AffinePoint V1 { get; }

    internal AffinePoint E2 { get; }

    internal AffinePoint V2 { get; }

    internal AffinePoint U1 { get; }

    internal AffinePoint U2 { get; }

    internal Scalar Z { get; }

    internal Signature Signature { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CapsuleFrag? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out CapsuleFrag? value, out ReadVerdict verdict)
    {
        value = null;
        verdict = CapsuleFragLayout.Wire.Check(bytes);
        if (verdict != ReadVerdict.Ok)
            return false;
        Span<AffinePoint> points = stackalloc AffinePoint[7];
        verdict = PointReader.Read(
            bytes,
            [
                CapsuleFragLayout.E1, CapsuleFragLayout.V1, CapsuleFragLayout.Precursor,
                CapsuleFragLayout.E2, CapsuleFragLayout.V2, CapsuleFragLayout.U1, CapsuleFragLayout.U2,
            ],
            points);
        if (verdict != ReadVerdict.Ok)
            return false;
        verdict = ReadVerdict.ScalarRange;
        if (!Scalar.TryRead(bytes.Slice(CapsuleFragLayout.Z, Scalar.Size), out var z)
            || !Signature.TryRead(
                bytes.Slice(CapsuleFragLayout.Signature, Signature.Size), out var signature, out verdict))
            return false;
        value = new CapsuleFrag(bytes, points, z, signature);
        return true;
    }

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => [.. Bytes];

    /// <summary>Writes E₁ ‖ V₁ ‖ id ‖ X ‖ E₂ ‖ V₂ ‖ U₁ ‖ U₂ ‖ z ‖ signature, 359 bytes, for smart contracts.</summary>
    public void WritePlain(Span<byte> destination)
    {
        ReadOnlySpan<(int Offset, int Length)> parts =
            [(3, 33), (38, 33), (73, 32), (107, 33), (143, 33), (178, 33), (213, 33), (248, 33), (283, 32), (317, 64)];
        foreach (var (offset, length) in parts)
        {
            Bytes.Slice(offset, length).CopyTo(destination);
            destination = destination[length..];
        }
    }

    /// <summary>Verifies the fragment as a re-encryption of <paramref name="capsule"/>.</summary>
    /// <param name="capsule">What the proxy was asked to re-encrypt.</param>
    /// <param name="verifyingKey">The delegator's.</param>
    /// <param name="delegatingKey">The key that the capsule was made for.</param>
    /// <param name="receivingKey">The key that the grant was made to.</param>
    /// <param name="weights">Draws 32 bytes; a prover who can guess them can cheat.</param>
    /// <param name="verified">The fragment as a type of its own, if it is valid.</param>
    public CapsuleFragVerdict Verify(
        Capsule capsule, VerifyingKey verifyingKey, PublicKey delegatingKey, PublicKey receivingKey,
        RandomSource weights, out VerifiedCapsuleFrag? verified)
    {
        var verdict =
            !SignatureHolds(verifyingKey, delegatingKey, receivingKey) ? CapsuleFragVerdict.KeyFragSignatureInvalid
            : !ReencryptionProof.HoldsVarTime(capsule, this, weights) ? CapsuleFragVerdict.ReencryptionProofInvalid
            : CapsuleFragVerdict.Valid;
        verified = verdict == CapsuleFragVerdict.Valid ? ToVerified() : null;
        return verdict;
    }

    /// <summary>The type and the first 8 bytes of the id.</summary>
    public override string ToString() =>
        $"CapsuleFrag:{Convert.ToHexStringLower(Bytes.Slice(CapsuleFragLayout.Id, 8))}";

    /// <summary>The fragment as verified; only for who has verified it.</summary>
    internal VerifiedCapsuleFrag ToVerified() => new(_bytes, E1, V1);

    /// <summary>Hashes what the delegator signed for the receiver.</summary>
    internal void HashMessage(PublicKey delegatingKey, PublicKey receivingKey, Span<byte> digest) =>
        KeyFragLayout.HashMessage(
            Bytes.Slice(CapsuleFragLayout.Id, KeyFragLayout.IdSize),
            Bytes.Slice(CapsuleFragLayout.U1, PublicKey.Size),
            Bytes.Slice(CapsuleFragLayout.Precursor, PublicKey.Size),
            delegatingKey, receivingKey, digest);

    /// <summary>Whether the delegator signed the fragment's commitment for these keys.</summary>
    internal bool SignatureHolds(VerifyingKey verifyingKey, PublicKey delegatingKey, PublicKey receivingKey)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        HashMessage(delegatingKey, receivingKey, digest);
        return Ecdsa.VerifyVarTime(verifyingKey, digest, Signature);
    }
}

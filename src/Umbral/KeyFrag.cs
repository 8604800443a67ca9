using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A fragment of a re-encryption key as it came from the network: canonical, not verified.</summary>
/// <remarks>
/// 310 bytes, MessagePack, see docs/umbral.md. Its scalar rk is secret to its proxy: a threshold of them and the
/// receiver's key open everything. The generator inside must be the constant U, because the signatures do not cover it.
/// </remarks>
public sealed class KeyFrag : IDisposable
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = KeyFragLayout.Size;

    private readonly SecretBytes _bytes;
    private readonly AffinePoint _commitment;
    private readonly Signature _proxySignature;
    private readonly Signature _receiverSignature;

    private KeyFrag(ReadOnlySpan<byte> bytes, in AffinePoint commitment, Signature proxy, Signature receiver)
    {
        _bytes = new SecretBytes(bytes);
        _commitment = commitment;
        _proxySignature = proxy;
        _receiverSignature = receiver;
    }

    private ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KeyFrag? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KeyFrag? value, out ReadVerdict verdict)
    {
        value = null;
        verdict = KeyFragLayout.Wire.Check(bytes);
        if (verdict == ReadVerdict.Ok)
            verdict = ReadScalarsAndFlags(bytes);
        Span<AffinePoint> points = stackalloc AffinePoint[2];
        if (verdict == ReadVerdict.Ok)
            verdict = PointReader.Read(bytes, [KeyFragLayout.Precursor, KeyFragLayout.Commitment], points);
        if (verdict != ReadVerdict.Ok
            || !Signature.TryRead(bytes.Slice(KeyFragLayout.ProxySignature, Signature.Size), out var proxy, out verdict)
            || !Signature.TryRead(
                bytes.Slice(KeyFragLayout.ReceiverSignature, Signature.Size), out var receiver, out verdict))
            return false;
        value = new KeyFrag(bytes, points[1], proxy, receiver);
        return true;
    }

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => [.. Bytes];

    /// <summary>Verifies the fragment for its proxy.</summary>
    /// <param name="verifyingKey">The delegator's.</param>
    /// <param name="delegatingKey">Must be given if the signature for the proxy covers it.</param>
    /// <param name="receivingKey">Must be given if the signature for the proxy covers it.</param>
    /// <param name="verified">The fragment as a type of its own, if it is valid.</param>
    /// <remarks>
    /// When both keys are given, the signature that the receiver will check is checked too. A key that is given though
    /// its flag is clear does not matter otherwise.
    /// </remarks>
    public KeyFragVerdict Verify(
        VerifyingKey verifyingKey, PublicKey? delegatingKey, PublicKey? receivingKey, out VerifiedKeyFrag? verified)
    {
        var verdict = Check(verifyingKey, delegatingKey, receivingKey);
        verified = verdict == KeyFragVerdict.Valid ? new VerifiedKeyFrag(Bytes) : null;
        return verdict;
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The type and the first 8 bytes of the id.</summary>
    public override string ToString() => $"KeyFrag:{Convert.ToHexStringLower(Bytes.Slice(KeyFragLayout.Id, 8))}";

    private static ReadVerdict ReadScalarsAndFlags(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.Slice(KeyFragLayout.U, PublicKey.Size).SequenceEqual(KeyFragLayout.GeneratorU))
            return ReadVerdict.WrongGenerator;
        if (!Scalar.TryRead(bytes.Slice(KeyFragLayout.Key, Scalar.Size), out _))
            return ReadVerdict.ScalarRange;
        return bytes[KeyFragLayout.DelegatingKeySigned] is KeyFragLayout.True or KeyFragLayout.False
            && bytes[KeyFragLayout.ReceivingKeySigned] is KeyFragLayout.True or KeyFragLayout.False
            ? ReadVerdict.Ok
            : ReadVerdict.FlagByte;
    }

    private KeyFragVerdict Check(VerifyingKey verifyingKey, PublicKey? delegatingKey, PublicKey? receivingKey)
    {
        var delegatingSigned = Bytes[KeyFragLayout.DelegatingKeySigned] == KeyFragLayout.True;
        var receivingSigned = Bytes[KeyFragLayout.ReceivingKeySigned] == KeyFragLayout.True;
        if (!CommitmentHolds())
            return KeyFragVerdict.CommitmentMismatch;
        if (delegatingSigned && delegatingKey is null)
            return KeyFragVerdict.DelegatingKeyMissing;
        if (receivingSigned && receivingKey is null)
            return KeyFragVerdict.ReceivingKeyMissing;
        var signedDelegating = delegatingSigned ? delegatingKey : null;
        var signedReceiving = receivingSigned ? receivingKey : null;
        return CheckSignatures(verifyingKey, signedDelegating, signedReceiving, delegatingKey, receivingKey);
    }

    private KeyFragVerdict CheckSignatures(
        VerifyingKey verifyingKey, PublicKey? signedDelegating, PublicKey? signedReceiving,
        PublicKey? delegatingKey, PublicKey? receivingKey)
    {
        var both = delegatingKey is not null && receivingKey is not null;
        Span<byte> digests = stackalloc byte[2 * SHA256.HashSizeInBytes];
        Span<bool> valid = [false, true];
        HashMessage(signedDelegating, signedReceiving, digests);
        if (both)
            HashMessage(delegatingKey, receivingKey, digests[SHA256.HashSizeInBytes..]);
        Ecdsa.VerifyEachVarTime(
            verifyingKey, digests, both ? [_proxySignature, _receiverSignature] : [_proxySignature], valid);
        return !valid[0] ? KeyFragVerdict.ProxySignatureInvalid
            : !valid[1] ? KeyFragVerdict.ReceiverSignatureInvalid
            : KeyFragVerdict.Valid;
    }

    private bool CommitmentHolds()
    {
        Scalar.TryRead(Bytes.Slice(KeyFragLayout.Key, Scalar.Size), out var key);
        Span<JacobianPoint> expected = stackalloc JacobianPoint[1];
        CurveBackend.Current.MultiplyFixed(FixedBase.U, [key], expected);
        return expected[0].EqualTo(_commitment);
    }

    private void HashMessage(
        PublicKey? delegatingKey, PublicKey? receivingKey, Span<byte> digest) => KeyFragLayout.HashMessage(
        Bytes.Slice(KeyFragLayout.Id, KeyFragLayout.IdSize),
        Bytes.Slice(KeyFragLayout.Commitment, PublicKey.Size),
        Bytes.Slice(KeyFragLayout.Precursor, PublicKey.Size),
        delegatingKey, receivingKey, digest[..SHA256.HashSizeInBytes]);
}

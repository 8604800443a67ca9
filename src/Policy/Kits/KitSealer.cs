using System.Buffers;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>Encrypts a payload of any size piece by piece, holding at most one chunk of it.</summary>
/// <remarks>
/// Write <see cref="Head"/>, then what every <see cref="Append"/> returns, then what <see cref="Finish"/> returns. The
/// format is <see cref="StreamedKit"/>'s. Does no I/O.
/// </remarks>
public sealed class KitSealer : IDisposable
{
    private readonly ChunkSealer _chunks;
    private readonly IncrementalHash _signed;
    private readonly KitSigning _signing;
    private readonly Signer? _author;
    private readonly RandomSource _random;
    private readonly byte[] _waiting = new byte[ChunkSealer.ChunkSize];
    private readonly ArrayBufferWriter<byte> _sealed = new();
    private int _waitingCount;
    private bool _finished;

    /// <summary>
    /// Draws the payload's key; signs at the end if an author is given, who must not be disposed before.
    /// </summary>
    /// <param name="policyKey">Whom the payload is for.</param>
    /// <param name="author">Null: the kit is not signed.</param>
    /// <param name="algorithm">How to seal the chunks.</param>
    /// <param name="random">For keys and signatures.</param>
    /// <param name="isPublic">Whether everybody may see who the author is: he signs the ciphertext.</param>
    public KitSealer(
        PublicKey policyKey, Signer? author, AeadAlgorithm algorithm, RandomSource random, bool isPublic = false)
    {
        (_author, _random) = (author, random);
        _signing = author is null ? KitSigning.None : isPublic ? KitSigning.Public : KitSigning.Inside;
        var head = KitHead.Create(StreamedKit.Header, policyKey, _signing, author, random, out var key);
        using (key)
            _chunks = new ChunkSealer(key, algorithm, head.Bytes, random);
        var chunksHeader = new byte[ChunkSealer.HeaderSize];
        _chunks.WriteHeader(chunksHeader);
        byte[] all = [.. head.Bytes, .. chunksHeader];
        Head = all;
        _signed = _signing == KitSigning.Public ? PublicSignature.StartHash(all) : Authorship.StartHash(policyKey);
        if (_signing == KitSigning.Inside)
            SealFull(author!.VerifyingKey.ToBytes()); // signed: there is an author
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>Takes more of the payload; returns the sealed chunks that became full, perhaps none.</summary>
    /// <exception cref="InvalidOperationException">After <see cref="Finish"/>.</exception>
    public byte[] Append(ReadOnlySpan<byte> payload)
    {
        if (_finished)
            throw new InvalidOperationException("The kit is finished.");
        if (_signing == KitSigning.Inside)
            _signed.AppendData(payload);
        SealFull(payload);
        return TakeSealed();
    }

    /// <summary>Ends the payload; returns the sealed rest.</summary>
    /// <exception cref="InvalidOperationException">When called twice.</exception>
    public byte[] Finish()
    {
        if (_finished)
            throw new InvalidOperationException("The kit is finished.");
        _finished = true;
        if (_signing == KitSigning.Inside)
            SealFull(_author!.Sign(Authorship.SignedPart(_signed), _random).ToBytes()); // signed: there is an author
        SealWaiting(last: true);
        var rest = TakeSealed();
        return _signing == KitSigning.Public
            ? [.. rest, .. _author!.Sign(PublicSignature.SignedPart(_signed), _random).ToBytes()]
            : rest;
    }

    /// <summary>Zeroes the key and the waiting bytes.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_waiting);
        _chunks.Dispose();
        _signed.Dispose();
    }

    // A full chunk waits for the next byte: only then is it known not to be the last.
    private void SealFull(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_waitingCount == _waiting.Length)
                SealWaiting(last: false);
            var taken = Math.Min(bytes.Length, _waiting.Length - _waitingCount);
            bytes[..taken].CopyTo(_waiting.AsSpan(_waitingCount));
            _waitingCount += taken;
            bytes = bytes[taken..];
        }
    }

    private void SealWaiting(bool last)
    {
        var size = _waitingCount + Aead.TagSize;
        _chunks.Seal(_waiting.AsSpan(0, _waitingCount), last, _sealed.GetSpan(size)[..size]);
        _sealed.Advance(size);
        _waitingCount = 0;
    }

    private byte[] TakeSealed()
    {
        var bytes = _sealed.WrittenSpan.ToArray();
        _sealed.ResetWrittenCount();
        if (_signing == KitSigning.Public)
            _signed.AppendData(bytes);
        return bytes;
    }
}

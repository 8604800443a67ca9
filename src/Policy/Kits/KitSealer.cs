using System.Buffers;
using System.Security.Cryptography;
using NuCypher.P2P.Policy.Wire;
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
    private readonly IncrementalHash _hash;
    private readonly Signer? _author;
    private readonly RandomSource _random;
    private readonly byte[] _waiting = new byte[ChunkSealer.ChunkSize];
    private readonly ArrayBufferWriter<byte> _sealed = new();
    private int _waitingCount;
    private bool _finished;

    /// <summary>Draws the payload's key; signs at the end if an author is given, who must not be disposed before.</summary>
    public KitSealer(PublicKey policyKey, Signer? author, AeadAlgorithm algorithm, RandomSource random)
    {
        (_author, _random, _hash) = (author, random, Authorship.StartHash(policyKey));
        var (capsule, key) = ProxyReencryption.Encapsulate(policyKey, random);
        using (key)
        {
            byte[] bound = new FieldWriter(StreamedKit.Header)
                .Bytes(capsule.ToBytes()).Digest(KeyCommitment.To(key)).ToArray();
            _chunks = new ChunkSealer(key, algorithm, bound, random);
            var head = new byte[StreamedKit.HeadSize];
            bound.CopyTo(head, 0);
            _chunks.WriteHeader(head.AsSpan(bound.Length));
            Head = head;
        }

        var prologue = Authorship.Prologue(author?.VerifyingKey);
        prologue.CopyTo(_waiting, 0);
        _waitingCount = prologue.Length;
    }

    /// <summary>The first <see cref="StreamedKit.HeadSize"/> bytes.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>Takes more of the payload; returns the sealed chunks that became full, perhaps none.</summary>
    /// <exception cref="InvalidOperationException">After <see cref="Finish"/>.</exception>
    public byte[] Append(ReadOnlySpan<byte> payload)
    {
        if (_finished)
            throw new InvalidOperationException("The kit is finished.");
        if (_author is not null)
            _hash.AppendData(payload);
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
        var signature = _author?.Sign(Authorship.SignedPart(_hash), _random).ToBytes() ?? [];
        SealFull(signature);
        SealWaiting(last: true);
        return TakeSealed();
    }

    /// <summary>Zeroes the key and the waiting bytes.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_waiting);
        _chunks.Dispose();
        _hash.Dispose();
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
        return bytes;
    }
}

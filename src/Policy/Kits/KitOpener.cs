using System.Buffers;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>Opens a streamed message kit piece by piece, holding at most one chunk of it.</summary>
/// <remarks>
/// Feed what follows the head to <see cref="TryAppend"/> in pieces of any size, then call <see cref="Finish"/>. Each
/// chunk that comes out is authentic; but whether the kit is whole, and who wrote it, is known at the end only: keep
/// the output where it can be thrown away until then. Does no I/O.
/// </remarks>
public sealed class KitOpener : IDisposable
{
    private const int SealedChunkSize = ChunkSealer.ChunkSize + Aead.TagSize;

    private readonly ChunkOpener _chunks;
    private readonly IncrementalHash _hash;
    private readonly PublicSignature? _publicSignature;
    private readonly byte[] _waiting = new byte[SealedChunkSize];
    private readonly byte[] _opened = new byte[ChunkSealer.ChunkSize];
    private readonly HeldTail _tail = new(Signature.Size);
    private readonly ArrayBufferWriter<byte> _payload = new();
    private readonly bool _isSignedInside;
    private int _waitingCount;
    private bool _isAfterKey;
    private VerifyingKey? _author;
    private KitOpening _state = KitOpening.Opened;

    internal KitOpener(StreamedKit kit, ChunkOpener chunks, PublicKey policyKey)
    {
        _chunks = chunks;
        _hash = Authorship.StartHash(policyKey);
        _publicSignature = kit.CheckSignature();
        _isSignedInside = kit.Signing == KitSigning.Inside;
        _author = kit.PublicAuthor;
    }

    /// <summary>
    /// Takes more of the kit and gives out the payload that can be given out; false once anything is wrong.
    /// </summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes, out byte[] payload)
    {
        if (_publicSignature is null)
            Take(bytes);
        else
            _publicSignature.Append(bytes, Take);
        payload = TakePayload();
        return _state == KitOpening.Opened;
    }

    /// <summary>Ends the kit; gives out the rest of the payload, and the author if it was signed.</summary>
    public KitOpening Finish(out byte[] payload, out VerifyingKey? author)
    {
        if (_state == KitOpening.Opened)
            OpenWaiting(last: true);
        payload = TakePayload();
        if (_state == KitOpening.Opened)
            _state = CheckSignatures();
        author = _state == KitOpening.Opened ? _author : null;
        return _state;
    }

    /// <summary>Zeroes the key and what was held back.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_opened);
        _payload.Clear();
        _chunks.Dispose();
        _hash.Dispose();
        _publicSignature?.Dispose();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && _state == KitOpening.Opened)
        {
            if (_waitingCount == _waiting.Length)
                OpenWaiting(last: false);
            var taken = Math.Min(bytes.Length, _waiting.Length - _waitingCount);
            bytes[..taken].CopyTo(_waiting.AsSpan(_waitingCount));
            _waitingCount += taken;
            bytes = bytes[taken..];
        }
    }

    private void OpenWaiting(bool last)
    {
        var plain = _opened.AsSpan(0, Math.Max(_waitingCount - Aead.TagSize, 0));
        if (_waitingCount < Aead.TagSize || !_chunks.TryOpen(_waiting.AsSpan(0, _waitingCount), last, plain))
            _state = KitOpening.CannotOpen;
        else if (_isSignedInside)
            _tail.Append(_isAfterKey ? plain : AfterKey(plain), GiveOut);
        else
            _payload.Write(plain);
        _waitingCount = 0;
    }

    private ReadOnlySpan<byte> AfterKey(ReadOnlySpan<byte> plain)
    {
        _isAfterKey = plain.Length >= VerifyingKey.Size
            && VerifyingKey.TryRead(plain[..VerifyingKey.Size], out _author);
        if (_isAfterKey)
            return plain[VerifyingKey.Size..];
        _state = KitOpening.Malformed;
        return default;
    }

    private void GiveOut(ReadOnlySpan<byte> payload)
    {
        _hash.AppendData(payload);
        _payload.Write(payload);
    }

    private byte[] TakePayload()
    {
        var payload = _state == KitOpening.Opened ? _payload.WrittenSpan.ToArray() : [];
        _payload.Clear();
        return payload;
    }

    private KitOpening CheckSignatures()
    {
        if (_publicSignature is not null)
            return _publicSignature.Finish() ? KitOpening.Opened : KitOpening.BadSignature;
        if (!_isSignedInside)
            return KitOpening.Opened;
        if (!Signature.TryRead(_tail.Kept, out var signature))
            return KitOpening.Malformed;
        return _author!.Verify(Authorship.SignedPart(_hash), signature) ? KitOpening.Opened : KitOpening.BadSignature;
    }
}

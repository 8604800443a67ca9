using System.Buffers;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>Opens a streamed message kit piece by piece, holding at most one chunk of it.</summary>
/// <remarks>
/// Feed what follows the head to <see cref="TryAppend"/> in pieces of any size, then call <see cref="Finish"/>. Each chunk
/// that comes out is authentic; but whether the kit is whole, and who wrote it, is known at the end only: keep the output
/// where it can be thrown away until then. Does no I/O.
/// </remarks>
public sealed class KitOpener : IDisposable
{
    private const int SealedChunkSize = ChunkSealer.ChunkSize + Aead.TagSize;

    private readonly ChunkOpener _chunks;
    private readonly IncrementalHash _hash;
    private readonly byte[] _waiting = new byte[SealedChunkSize];
    private readonly byte[] _opened = new byte[ChunkSealer.ChunkSize];
    private readonly byte[] _tail = new byte[Signature.Size];
    private readonly ArrayBufferWriter<byte> _payload = new();
    private int _waitingCount;
    private int _tailCount;
    private bool _started;
    private bool _signed;
    private VerifyingKey? _author;
    private KitOpening _state = KitOpening.Opened;

    internal KitOpener(ChunkOpener chunks, PublicKey policyKey)
    {
        _chunks = chunks;
        _hash = Authorship.StartHash(policyKey);
    }

    /// <summary>Takes more of the kit and gives out the payload that can be given out; false once anything is wrong.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes, out byte[] payload)
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

        payload = TakePayload();
        return _state == KitOpening.Opened;
    }

    /// <summary>Ends the kit; gives out the rest of the payload, and the author if it was signed.</summary>
    public KitOpening Finish(out byte[] payload, out VerifyingKey? author)
    {
        if (_state == KitOpening.Opened)
            OpenWaiting(last: true);
        payload = TakePayload();
        if (_state == KitOpening.Opened && !_started)
            _state = KitOpening.Malformed;
        if (_state == KitOpening.Opened && _signed)
            _state = CheckSignature();
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
    }

    private void OpenWaiting(bool last)
    {
        var plain = _opened.AsSpan(0, Math.Max(_waitingCount - Aead.TagSize, 0));
        if (_waitingCount < Aead.TagSize || !_chunks.TryOpen(_waiting.AsSpan(0, _waitingCount), last, plain))
            _state = KitOpening.CannotOpen;
        else
            Release(_started ? plain : AfterPrologue(plain));
        _waitingCount = 0;
    }

    private ReadOnlySpan<byte> AfterPrologue(ReadOnlySpan<byte> plain)
    {
        var size = plain.IsEmpty ? 0 : Authorship.PrologueSize(plain[0]);
        _signed = size > 1;
        _started = size > 0 && plain.Length >= size
            && (!_signed || VerifyingKey.TryRead(plain[1..size], out _author));
        if (_started)
            return plain[size..];
        _state = KitOpening.Malformed;
        return default;
    }

    // The newest 64 bytes of a signed kit may be its signature: they wait, the older ones go out.
    private void Release(ReadOnlySpan<byte> plain)
    {
        var releasable = Math.Max(0, _tailCount + plain.Length - (_signed ? Signature.Size : 0));
        var fromTail = Math.Min(releasable, _tailCount);
        GiveOut(_tail.AsSpan(0, fromTail));
        GiveOut(plain[..(releasable - fromTail)]);
        var rest = plain[(releasable - fromTail)..];
        _tail.AsSpan(fromTail, _tailCount - fromTail).CopyTo(_tail);
        rest.CopyTo(_tail.AsSpan(_tailCount - fromTail));
        _tailCount += rest.Length - fromTail;
    }

    private void GiveOut(ReadOnlySpan<byte> payload)
    {
        if (_signed)
            _hash.AppendData(payload);
        _payload.Write(payload);
    }

    private byte[] TakePayload()
    {
        var payload = _state == KitOpening.Opened ? _payload.WrittenSpan.ToArray() : [];
        _payload.Clear();
        return payload;
    }

    private KitOpening CheckSignature()
    {
        if (_tailCount != Signature.Size || !Signature.TryRead(_tail, out var signature))
            return KitOpening.Malformed;
        return _author!.Verify(Authorship.SignedPart(_hash), signature) ? KitOpening.Opened : KitOpening.BadSignature;
    }
}

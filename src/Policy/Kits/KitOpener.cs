using System.Security.Cryptography;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Kits;

/// <summary>Opens a streamed message kit piece by piece, holding at most one chunk of it.</summary>
/// <remarks>
/// Feed what follows the head to <see cref="TryAppend"/> in pieces of any size, then call <see cref="Finish"/>. Each chunk that comes
/// out is authentic; but whether the kit is whole, and who wrote it, is known at the end only: keep the output where it
/// can be thrown away until then. Does no I/O.
/// </remarks>
public sealed class KitOpener : IDisposable
{
    private const int SealedChunkSize = ChunkSealer.ChunkSize + Aead.TagSize;

    private readonly ChunkOpener _chunks;
    private readonly IncrementalHash _hash;
    private readonly byte[] _waiting = new byte[SealedChunkSize];
    private readonly List<byte> _plain = [];
    private int _waitingCount;
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
        payload = [];
        while (!bytes.IsEmpty && _state == KitOpening.Opened)
        {
            if (_waitingCount == _waiting.Length)
                OpenWaiting(last: false);
            var taken = Math.Min(bytes.Length, _waiting.Length - _waitingCount);
            bytes[..taken].CopyTo(_waiting.AsSpan(_waitingCount));
            _waitingCount += taken;
            bytes = bytes[taken..];
        }

        payload = TakePayload(_signed ? Signature.Size : 0);
        return _state == KitOpening.Opened;
    }

    /// <summary>Ends the kit; gives out the rest of the payload, and the author if it was signed.</summary>
    public KitOpening Finish(out byte[] payload, out VerifyingKey? author)
    {
        OpenWaiting(last: true);
        payload = TakePayload(_signed ? Signature.Size : 0);
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
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_plain).Clear();
        _chunks.Dispose();
        _hash.Dispose();
    }

    private void OpenWaiting(bool last)
    {
        if (_state != KitOpening.Opened)
            return;
        var chunk = new byte[Math.Max(_waitingCount - Aead.TagSize, 0)];
        if (_waitingCount < Aead.TagSize || !_chunks.TryOpen(_waiting.AsSpan(0, _waitingCount), last, chunk))
            _state = KitOpening.CannotOpen;
        else
            _plain.AddRange(chunk);
        _waitingCount = 0;
        if (!_started && _plain.Count > 0)
            ReadPrologue();
    }

    private void ReadPrologue()
    {
        var size = Authorship.PrologueSize(_plain[0]);
        _signed = size > 1;
        _started = size > 0 && _plain.Count >= size;
        if (_started && _signed)
            _started = VerifyingKey.TryRead(_plain[1..size].ToArray(), out _author);
        if (_started)
            _plain.RemoveRange(0, size);
        else
            _state = KitOpening.Malformed;
    }

    private byte[] TakePayload(int heldBack)
    {
        if (_state != KitOpening.Opened || _plain.Count <= heldBack)
            return [];
        var payload = _plain[..^heldBack].ToArray();
        _plain.RemoveRange(0, payload.Length);
        _hash.AppendData(payload);
        return payload;
    }

    private KitOpening CheckSignature()
    {
        if (_plain.Count != Signature.Size || !Signature.TryRead([.. _plain], out var signature))
            return KitOpening.Malformed;
        return _author!.Verify(Authorship.SignedPart(_hash), signature) ? KitOpening.Opened : KitOpening.BadSignature;
    }
}

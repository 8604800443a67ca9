using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// What keeps an embedded journal secret and whole: every event is sealed in its place, and all places together are
/// counted.
/// </summary>
/// <remarks>
/// An event is nonce (24), manifest with its length before it and the event's bytes, tag (16), by XChaCha20-Poly1305;
/// associated data: domain, number, persistence id. The total is the number of rows and the exclusive or of one keyed
/// hash a row, sealed likewise: who removes a row, or puts an old one back, can't make the total that fits. Whoever
/// puts back the whole database of an earlier time isn't found. All keys are HKDF-SHA-256 of the identity's journal
/// key. Secret: the keys and the open total.
/// </remarks>
internal sealed class JournalSeal : IDisposable
{
    /// <summary>Bytes of <see cref="Owner"/>.</summary>
    public const int OwnerSize = 16;

    /// <summary>How many bytes of a sealed event stand for all of it: its tag.</summary>
    public const int TagSize = Aead.TagSize;

    private const AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;
    private const int MaxManifest = 255;

    private readonly DataKey _events;
    private readonly DataKey _totals;
    private readonly byte[] _rows = new byte[DataKey.Size];
    private readonly RandomSource _random;

    /// <summary>Derives the keys; the journal key stays the caller's.</summary>
    public JournalSeal(DataKey key, RandomSource random)
    {
        _random = random;
        Span<byte> derived = stackalloc byte[(3 * DataKey.Size) + OwnerSize];
        Span<byte> secret = stackalloc byte[DataKey.Size];
        key.WriteSecret(secret);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, salt: default, "NuCypher.P2P/journal"u8);
        DataKey.TryRead(derived[..DataKey.Size], out var events);
        DataKey.TryRead(derived[DataKey.Size..(2 * DataKey.Size)], out var totals);
        (_events, _totals) = (events!, totals!); // 32 bytes are always a key
        derived[(2 * DataKey.Size)..^OwnerSize].CopyTo(_rows);
        Owner = derived[^OwnerSize..].ToArray();
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>Tells the journals of two identities apart; no secret.</summary>
    public byte[] Owner { get; }

    private static ReadOnlySpan<byte> EventDomain => "NuCypher.P2P/journal/event"u8;

    private static ReadOnlySpan<byte> TotalDomain => "NuCypher.P2P/journal/total"u8;

    /// <summary>Seals an event in its place.</summary>
    public byte[] Seal(string persistenceId, long sequenceNr, string manifest, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(manifest.Length, MaxManifest);
        var plain = new byte[1 + manifest.Length + payload.Length];
        plain[0] = (byte)manifest.Length;
        Encoding.ASCII.GetBytes(manifest, plain.AsSpan(1));
        payload.CopyTo(plain.AsSpan(1 + manifest.Length));
        var bytes = Aead.Seal(Algorithm, _events, plain, PlaceOf(persistenceId, sequenceNr), _random);
        CryptographicOperations.ZeroMemory(plain);
        return bytes;
    }

    /// <summary>Opens an event; false if it is not the one that was sealed in this place.</summary>
    public bool TryOpen(string persistenceId, long sequenceNr, ReadOnlySpan<byte> bytes, out StoredEvent opened)
    {
        opened = default;
        var place = PlaceOf(persistenceId, sequenceNr);
        if (Aead.Open(Algorithm, _events, bytes, place, out var plain) != OpenVerdict.Opened)
            return false;
        var start = 1 + plain![0]; // what was sealed has a manifest
        opened = new StoredEvent(sequenceNr, Encoding.ASCII.GetString(plain, 1, start - 1), plain.AsMemory(start));
        return true;
    }

    /// <summary>The total of no rows, sealed.</summary>
    public byte[] Nothing() => SealTotal(new JournalTotal());

    /// <summary>A sealed total with one row more or less.</summary>
    /// <exception cref="CryptographicException">The total is not one that this seal made.</exception>
    public byte[] Count(byte[]? total, string persistenceId, long sequenceNr, bool isDeleted, byte[]? tag, int count)
    {
        var opened = OpenTotal(total) ?? throw new CryptographicException("The journal's total was changed.");
        Count(opened, persistenceId, sequenceNr, isDeleted, tag, count);
        return SealTotal(opened);
    }

    /// <summary>Counts a row into or out of an open total; of a deleted one the place alone.</summary>
    public void Count(
        JournalTotal total, string persistenceId, long sequenceNr, bool isDeleted, ReadOnlySpan<byte> tag, int count)
    {
        Span<byte> hash = stackalloc byte[JournalTotal.HashSize];
        Span<byte> counted = stackalloc byte[1 + TagSize];
        counted.Clear();
        if (isDeleted)
            counted[0] = 1;
        else
            tag[..Math.Min(tag.Length, TagSize)].CopyTo(counted[1..]);
        HMACSHA256.HashData(_rows, [.. counted, .. PlaceOf(persistenceId, sequenceNr)], hash);
        total.Add(hash, count);
    }

    /// <summary>Opens a total; null if it is not one that this seal made.</summary>
    public JournalTotal? OpenTotal(ReadOnlySpan<byte> bytes) =>
        Aead.Open(Algorithm, _totals, bytes, TotalDomain, out var plain) == OpenVerdict.Opened
            ? JournalTotal.Read(plain!)
            : null;

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        _events.Dispose();
        _totals.Dispose();
        CryptographicOperations.ZeroMemory(_rows);
    }

    /// <summary>The type; nothing of the secret.</summary>
    public override string ToString() => nameof(JournalSeal);

    private byte[] SealTotal(JournalTotal total) => Aead.Seal(Algorithm, _totals, total.Bytes, TotalDomain, _random);

    private static byte[] PlaceOf(string persistenceId, long sequenceNr)
    {
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, sequenceNr);
        return [.. EventDomain, .. number, .. Encoding.UTF8.GetBytes(persistenceId)];
    }
}

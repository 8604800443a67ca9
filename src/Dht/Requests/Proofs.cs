using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NuCypher.P2P.Dht;

/// <summary>
/// Whose addresses are proven: who answered from there with a number that only its receiver can know.
/// </summary>
/// <remarks>
/// A response to a request proves one, and so does the answer to a challenge: a keyed hash over the address and the
/// minute, so that nothing is kept for whom it was sent to. Nobody's address is proven by what he asks: a source is
/// easily forged.
/// </remarks>
internal sealed class Proofs(KademliaOptions options, Random random, Timeline timeline)
{
    private const int AddressSize = 18;

    private readonly LruCache<NodeAddress, DateTimeOffset> _until = new(options.MaxProvenAddresses);
    private byte[]? _secret;

    /// <summary>Called with each address, as often as it is proven.</summary>
    public Action<NodeAddress> Proven { get; set; } = _ => { };

    private long Minute => timeline.Now.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>Whether an address was proven not too long ago.</summary>
    public bool IsProven(NodeAddress address) => _until.TryGet(address, out var until) && timeline.Now < until;

    /// <summary>Notes that somebody answered from an address.</summary>
    public void Add(NodeAddress address)
    {
        if (!_until.TryGet(address, out var until) || until - timeline.Now < options.ProofTime / 2)
            _until.Set(address, timeline.Now + options.ProofTime);
        Proven(address);
    }

    /// <summary>What whoever receives at an address can show that he does.</summary>
    public MessageId ChallengeFor(NodeAddress address) => ChallengeFor(address, Minute);

    /// <summary>
    /// Whether a response answers a challenge that was sent to its source in this minute or the last.
    /// </summary>
    public bool IsAnswer(NodeAddress from, MessageId id) =>
        _secret is not null
            && (AreEqual(id, ChallengeFor(from, Minute)) || AreEqual(id, ChallengeFor(from, Minute - 1)));

    private static bool AreEqual(MessageId one, MessageId other)
    {
        Span<byte> bytes = stackalloc byte[2 * NodeId.Size];
        one.Write(bytes);
        other.Write(bytes[NodeId.Size..]);
        return CryptographicOperations.FixedTimeEquals(bytes[..NodeId.Size], bytes[NodeId.Size..]);
    }

    private MessageId ChallengeFor(NodeAddress address, long minute)
    {
        if (_secret is null)
            random.NextBytes(_secret = new byte[HMACSHA256.HashSizeInBytes]);
        Span<byte> message = stackalloc byte[AddressSize + sizeof(long)];
        address.WriteAddress(message[..16]);
        BinaryPrimitives.WriteUInt16BigEndian(message[16..], address.Port);
        BinaryPrimitives.WriteInt64BigEndian(message[AddressSize..], minute);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, message, hash);
        return MessageId.TryRead(hash[..NodeId.Size], out var challenge) ? challenge : default;
    }
}

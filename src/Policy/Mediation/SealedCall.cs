using System.Diagnostics.CodeAnalysis;
using System.Text;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>A service call over a connection that nobody encrypts: sealed to the Ursula, the reply to the
/// caller.</summary>
/// <remarks>
/// <para>Request: a capsule for her encrypting key (105), nonce (24), sealed: kind (1), key for the reply (33), body;
/// tag (16). Associated data: domain tag, her node id. Reply: a capsule for the reply's key, nonce, sealed: status (1),
/// body; tag. Associated data: domain tag, hash of the sealed request. XChaCha20-Poly1305.</para>
/// <para>The reply's key is drawn for one call and zeroed after it, so that a reply can't be opened later with any key
/// that is kept. A request can, with hers: unlike over TLS, who takes her key reads the requests that he recorded. Only
/// she knows a reply's key, so nobody else can make one.</para>
/// </remarks>
public sealed class SealedCall : IDisposable
{
    /// <summary>How much longer a sealed request is than its body, in bytes.</summary>
    public const int RequestOverhead = Capsule.Size + AeadOverhead + 1 + PublicKey.Size;

    /// <summary>How much longer a sealed reply is than its body, in bytes.</summary>
    public const int ReplyOverhead = Capsule.Size + AeadOverhead + 1;

    private const int AeadOverhead = 24 + Aead.TagSize;
    private const AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;

    private readonly SecretKey _replyKey;
    private readonly Digest _hash;

    private SealedCall(byte[] bytes, SecretKey replyKey) =>
        (Bytes, _replyKey, _hash) = (bytes, replyKey, DomainHash.Compute(DomainTags.RequestHash, bytes));

    /// <summary>The sealed request.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>As the caller: seals a request.</summary>
    /// <param name="route">Whom it is for.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="body">The signed protocol object.</param>
    /// <param name="random">For the keys and the seal.</param>
    public static SealedCall Make(MediatedRoute route, ServiceKind kind, ReadOnlySpan<byte> body, RandomSource random)
    {
        var replyKey = SecretKey.Random(random);
        var plain = new FieldWriter().Byte((byte)kind).Key(replyKey.PublicKey).Bytes(body).ToArray();
        return new SealedCall(Seal(route.EncryptingKey, plain, PlaceOf(route.Ursula), random), replyKey);
    }

    /// <summary>As the Ursula: opens a request; false for another recipient and for everything else. Never
    /// throws.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="key">Hers.</param>
    /// <param name="self">Her node id.</param>
    /// <param name="call">What is asked.</param>
    public static bool TryOpen(
        ReadOnlySpan<byte> bytes, SecretKey key, NodeId self, [NotNullWhen(true)] out OpenedCall? call)
    {
        call = null;
        if (!TryOpen(bytes, key, PlaceOf(self), out var plain))
            return false;
        var reader = new FieldReader(plain);
        var (kind, replyKey) = ((ServiceKind)reader.Byte(), reader.PublicKey());
        if (reader.Refusal != DecodeRefusal.None || replyKey is null || !Enum.IsDefined(kind))
            return false;
        call = new OpenedCall(
            kind, reader.Rest().ToArray(), replyKey, DomainHash.Compute(DomainTags.RequestHash, bytes));
        return true;
    }

    /// <summary>As the Ursula: seals the reply to a call.</summary>
    public static byte[] Reply(OpenedCall call, ServiceReply reply, RandomSource random) =>
        Seal(call.ReplyKey, [(byte)reply.Status, .. reply.Body.Span], PlaceOf(call.Hash), random);

    /// <summary>As the caller: opens the reply; false for that to another call and for everything else. Never
    /// throws.</summary>
    public bool TryOpenReply(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ServiceReply? reply)
    {
        reply = null;
        if (!TryOpen(bytes, _replyKey, PlaceOf(_hash), out var plain) || plain.Length == 0
            || !Enum.IsDefined((ServiceStatus)plain[0]))
            return false;
        reply = new ServiceReply((ServiceStatus)plain[0], plain.AsMemory(1));
        return true;
    }

    /// <summary>Zeroes the key of the reply.</summary>
    public void Dispose() => _replyKey.Dispose();

    private static byte[] Seal(PublicKey to, ReadOnlySpan<byte> plain, byte[] place, RandomSource random)
    {
        var (capsule, key) = ProxyReencryption.Encapsulate(to, random);
        using (key)
            return [.. capsule.ToBytes(), .. Aead.Seal(Algorithm, key, plain, place, random)];
    }

    private static bool TryOpen(
        ReadOnlySpan<byte> bytes, SecretKey key, byte[] place, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (bytes.Length < Capsule.Size + AeadOverhead || !Capsule.TryRead(bytes[..Capsule.Size], out var capsule))
            return false;
        ProxyReencryption.DecapsulateOriginal(key, capsule, out var secret);
        using (secret)
        {
            return Aead.Open(Algorithm, secret!, bytes[Capsule.Size..], place, out plain) == OpenVerdict.Opened
                && plain is not null;
        }
    }

    private static byte[] PlaceOf(NodeId ursula) =>
        new FieldWriter().Prefixed(Encoding.ASCII.GetBytes(DomainTags.SealedCall)).NodeId(ursula).ToArray();

    private static byte[] PlaceOf(Digest request) =>
        new FieldWriter().Prefixed(Encoding.ASCII.GetBytes(DomainTags.SealedReply)).Digest(request).ToArray();
}

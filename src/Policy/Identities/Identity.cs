using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy;

/// <summary>
/// All keys of one participant, from one 32-byte seed: for signing, decrypting, delegating per label, and storage.
/// </summary>
/// <remarks>
/// Derivation by <see cref="SecretKeyFactory"/>; labels in ASCII: signer <c>signing</c>, decrypting key
/// <c>decrypting</c>, 64 bytes for <c>storage</c> and for <c>journal</c>, of which the first 32 are the storage key and
/// the journal's, factory <c>delegating</c> and from it the key of each policy label (UTF-8). A conspiracy of a
/// threshold of Ursulas with Bob learns the delegating key of that one label. Secret: the seed and all that is derived.
/// All of it is zeroed on <see cref="Dispose"/>.
/// </remarks>
public sealed class Identity : IDisposable
{
    /// <summary>The size of a seed in bytes.</summary>
    public const int SeedSize = SecretKeyFactory.SeedSize;

    private readonly SecretKeyFactory _factory;
    private readonly SecretKeyFactory _delegating;

    private Identity(SecretKeyFactory factory)
    {
        _factory = factory;
        _delegating = factory.MakeFactory("delegating"u8);
        Signer = factory.MakeSigner("signing"u8);
        DecryptingKey = factory.MakeKey("decrypting"u8);
        Proxy = new ProxyKeys(Signer, DecryptingKey, MakeDataKey(factory, "storage"u8));
        JournalKey = MakeDataKey(factory, "journal"u8);
        Id = NodeId.FromVerifyingKey(VerifyingKey.ToBytes());
    }

    /// <summary>Signs everything that this participant says.</summary>
    public Signer Signer { get; }

    /// <summary>Opens what others seal to this participant, and receives delegations.</summary>
    public SecretKey DecryptingKey { get; }

    /// <summary>The keys that the Ursula of this identity works with; disposed with the identity.</summary>
    public ProxyKeys Proxy { get; }

    /// <summary>
    /// Seals what this participant keeps on disk; disposed with the identity. It outlives a change of password.
    /// </summary>
    public DataKey JournalKey { get; }

    /// <summary>The node's id: from the verifying key.</summary>
    public NodeId Id { get; }

    /// <summary>Verifies what this participant signs.</summary>
    public VerifyingKey VerifyingKey => Signer.VerifyingKey;

    /// <summary>What others encrypt and delegate to.</summary>
    public PublicKey EncryptingKey => DecryptingKey.PublicKey;

    /// <summary>How this participant is named as Alice.</summary>
    public AliceCard AliceCard => new(VerifyingKey);

    /// <summary>How this participant is named as Bob.</summary>
    public BobCard BobCard => new(VerifyingKey, EncryptingKey);

    /// <summary>Derives all keys of a seed; false if it is not 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> seed, [NotNullWhen(true)] out Identity? identity)
    {
        identity = SecretKeyFactory.TryRead(seed, out var factory) ? new Identity(factory) : null;
        return identity is not null;
    }

    /// <summary>Draws a seed of 32 bytes.</summary>
    public static Identity Random(RandomSource random) => new(SecretKeyFactory.Random(random));

    /// <summary>Exports the seed, 32 bytes: secret.</summary>
    public void WriteSeed(Span<byte> destination) => _factory.WriteSecret(destination);

    /// <summary>The secret key of one policy label; the caller disposes it.</summary>
    public SecretKey DelegatingKey(PolicyLabel label) => _delegating.MakeKey(label.ToBytes());

    /// <summary>The policy public key of one label: all that Enrico needs for encrypting.</summary>
    public PublicKey PolicyKey(PolicyLabel label)
    {
        using var key = DelegatingKey(label);
        return key.PublicKey;
    }

    /// <summary>As Alice: what she lets this Bob read under this label.</summary>
    public Hrac HracFor(BobCard bob, PolicyLabel label)
    {
        using var shared = KeyAgreement.Agree(Signer, bob.EncryptingKey);
        return Hrac.Of(shared, VerifyingKey, bob, label);
    }

    /// <summary>As Bob: what this Alice lets him read under this label.</summary>
    public Hrac HracFrom(VerifyingKey alice, PolicyLabel label)
    {
        using var shared = KeyAgreement.Agree(DecryptingKey, alice);
        return Hrac.Of(shared, alice, BobCard, label);
    }

    /// <summary>Zeroes every key.</summary>
    public void Dispose()
    {
        Proxy.Dispose();
        JournalKey.Dispose();
        Signer.Dispose();
        DecryptingKey.Dispose();
        _delegating.Dispose();
        _factory.Dispose();
    }

    /// <summary>The node id; never a secret.</summary>
    public override string ToString() => $"Identity {Id}";

    private static DataKey MakeDataKey(SecretKeyFactory factory, ReadOnlySpan<byte> label)
    {
        Span<byte> secret = stackalloc byte[SecretKeyFactory.SecretSize];
        factory.MakeSecret(label, secret);
        DataKey.TryRead(secret[..DataKey.Size], out var key);
        CryptographicOperations.ZeroMemory(secret);
        return key!; // 32 bytes are always a key
    }
}

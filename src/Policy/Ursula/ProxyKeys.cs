using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>
/// The keys that an Ursula works with. They sign her answers and open kfrags; no message can be decrypted with them.
/// </summary>
/// <remarks>
/// At rest a kfrag is nonce (24), 310 bytes, tag (16) under the storage key (XChaCha20-Poly1305); associated data:
/// domain tag, policy id, version. Secret: all of it.
/// </remarks>
public sealed class ProxyKeys : IDisposable
{
    /// <summary>The size of a kfrag at rest, in bytes.</summary>
    public const int StoredSize = 24 + KeyFrag.Size + Aead.TagSize;

    /// <summary>The size of a verifying key at rest, in bytes.</summary>
    public const int StoredNameSize = 24 + VerifyingKey.Size + Aead.TagSize;

    private readonly SecretKey _unsealing;
    private readonly DataKey _storage;

    internal ProxyKeys(Signer signer, SecretKey unsealing, DataKey storage)
    {
        (Signer, _unsealing, _storage) = (signer, unsealing, storage);
        Id = NodeId.FromVerifyingKey(signer.VerifyingKey.ToBytes());
    }

    /// <summary>The Ursula's node id.</summary>
    public NodeId Id { get; }

    /// <summary>Signs her answers.</summary>
    internal Signer Signer { get; }

    /// <summary>
    /// What stands for an Alice in the journal and in counts: a hash that tells nobody without the storage key who she
    /// is.
    /// </summary>
    public Digest TagOf(VerifyingKey alice)
    {
        var secret = new byte[DataKey.Size];
        _storage.WriteSecret(secret);
        var tag = DomainHash.Compute(DomainTags.Owner, secret, alice.ToBytes());
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(secret);
        return tag;
    }

    /// <summary>Zeroes the storage key; the others belong to the identity.</summary>
    public void Dispose() => _storage.Dispose();

    /// <summary>The node id; never a secret.</summary>
    public override string ToString() => $"ProxyKeys {Id}";

    internal bool TryUnseal(KeyFragDeposit deposit, [NotNullWhen(true)] out KeyFrag? kfrag) => SealedKeyFrag.TryOpen(
        deposit.SealedKeyFrag.Span, _unsealing, PolicyId.Of(deposit.Alice, deposit.Name), deposit.Version, Id,
        deposit.KeyFragHash, out kfrag);

    internal byte[] Store(VerifiedKeyFrag kfrag, PolicyId policy, PolicyVersion version, RandomSource random)
    {
        Span<byte> plain = stackalloc byte[KeyFrag.Size];
        kfrag.Write(plain);
        var stored = Aead.Seal(AeadAlgorithm.XChaCha20Poly1305, _storage, plain, Place(policy, version), random);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
        return stored;
    }

    /// <summary>Opens what <see cref="Store"/> made; null if it was altered or is another node's.</summary>
    internal VerifiedKeyFrag? Load(ReadOnlySpan<byte> stored, PolicyId policy, PolicyVersion version)
    {
        if (Aead.Open(
            AeadAlgorithm.XChaCha20Poly1305, _storage, stored, Place(policy, version),
            out var plain) != OpenVerdict.Opened)
            return null;
        VerifiedKeyFrag.TryReadTrusted(plain, out var kfrag);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(plain);
        return kfrag;
    }

    internal byte[] StoreName(VerifyingKey name, PolicyId policy, RandomSource random) => Aead.Seal(
        AeadAlgorithm.XChaCha20Poly1305, _storage, name.ToBytes(), NamePlace(policy), random);

    /// <summary>Opens what <see cref="StoreName"/> made; null if it was altered or is another node's.</summary>
    internal VerifyingKey? LoadName(ReadOnlySpan<byte> stored, PolicyId policy) =>
        stored.Length == StoredNameSize
        && Aead.Open(
            AeadAlgorithm.XChaCha20Poly1305, _storage, stored, NamePlace(policy), out var plain) == OpenVerdict.Opened
        && VerifyingKey.TryRead(plain, out var name)
            ? name
            : null;

    private static byte[] NamePlace(PolicyId policy) => new FieldWriter()
        .Prefixed(System.Text.Encoding.ASCII.GetBytes(DomainTags.StoredName)).Digest(policy.Value).ToArray();

    private static byte[] Place(PolicyId policy, PolicyVersion version) => new FieldWriter()
        .Prefixed(
            System.Text.Encoding.ASCII.GetBytes(DomainTags.Stored)).Digest(policy.Value).Version(version).ToArray();
}

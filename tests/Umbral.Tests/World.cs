namespace NuCypher.P2P.Umbral.Tests;

/// <summary>One Alice, one Bob, a payload and its grant, from a seed.</summary>
internal sealed class World
{
    public World(
        int seed, int threshold = 2, int shares = 3, bool signDelegatingKey = true, bool signReceivingKey = true)
    {
        Random = new SeededRandom(seed);
        Delegating = SecretKey.Random(Random);
        Receiving = SecretKey.Random(Random);
        Signer = Signer.Random(Random);
        Plaintext = new byte[40];
        Random.Fill(Plaintext);
        (Capsule, Ciphertext) = ProxyReencryption.Encrypt(Delegating.PublicKey, Plaintext, Random);
        KeyFrags = ProxyReencryption.GenerateKeyFrags(
            Delegating, Receiving.PublicKey, Signer, threshold, shares, signDelegatingKey, signReceivingKey, Random);
    }

    public SeededRandom Random { get; }

    public SecretKey Delegating { get; }

    public SecretKey Receiving { get; }

    public Signer Signer { get; }

    public byte[] Plaintext { get; }

    public Capsule Capsule { get; }

    public byte[] Ciphertext { get; }

    public IReadOnlyList<VerifiedKeyFrag> KeyFrags { get; }

    public VerifiedCapsuleFrag[] Reencrypt() =>
        [.. KeyFrags.Select(kfrag => ProxyReencryption.Reencrypt(Capsule, kfrag, Random))];

    public CapsuleFrag[] Unverified() => [.. Reencrypt().Select(cfrag =>
    {
        Assert.True(CapsuleFrag.TryRead(cfrag.ToBytes(), out var read));
        return read;
    })];

    public OpenVerdict Open(IReadOnlyList<VerifiedCapsuleFrag> cfrags, out byte[]? plaintext) =>
        ProxyReencryption.DecryptReencrypted(
            Receiving, Delegating.PublicKey, Capsule, cfrags, Ciphertext, out plaintext);

    public CapsuleFragVerdict Verify(CapsuleFrag cfrag) =>
        cfrag.Verify(Capsule, Signer.VerifyingKey, Delegating.PublicKey, Receiving.PublicKey, Random, out _);
}

namespace NuCypher.P2P.Umbral.Tests;

public sealed class ProxyReencryptionTests
{
    [Theory]
    [InlineData(1, 1, 1), InlineData(2, 2, 3), InlineData(3, 3, 5), InlineData(4, 4, 4)]
    [Trait("Row", "CR-06")]
    public void DecryptReencrypted_EverySubset_OpensFromTheThresholdOn(int seed, int threshold, int shares)
    {
        var world = new World(seed, threshold, shares);
        var cfrags = world.Reencrypt();
        for (var subset = 1; subset < 1 << shares; subset++)
        {
            var chosen = cfrags.Where((_, i) => (subset >> i & 1) != 0).Reverse().ToArray();

            var verdict = world.Open(chosen, out var plaintext);

            Assert.Equal(chosen.Length >= threshold ? OpenVerdict.Opened : OpenVerdict.ValidationFailed, verdict);
            Assert.Equal(chosen.Length >= threshold ? world.Plaintext : null, plaintext);
        }
    }

    [Theory]
    [InlineData(true, true), InlineData(true, false), InlineData(false, true), InlineData(false, false)]
    public void GenerateKeyFrags_EachFlagCombination_VerifiesWithTheKeysItNames(bool delegating, bool receiving)
    {
        var world = new World(5, 2, 3, delegating, receiving);
        foreach (var verified in world.KeyFrags)
        {
            Assert.True(KeyFrag.TryRead(verified.ToBytes(), out var kfrag));
            var (a, b, key) = (world.Delegating.PublicKey, world.Receiving.PublicKey, world.Signer.VerifyingKey);

            Assert.Equal(KeyFragVerdict.Valid, kfrag.Verify(key, a, b, out _));
            Assert.Equal(KeyFragVerdict.Valid, kfrag.Verify(key, delegating ? a : null, receiving ? b : null, out _));
            Assert.Equal(
                delegating ? KeyFragVerdict.DelegatingKeyMissing
                    : receiving ? KeyFragVerdict.ReceivingKeyMissing : KeyFragVerdict.Valid,
                kfrag.Verify(key, null, null, out _));
            Assert.Equal(
                delegating ? KeyFragVerdict.ProxySignatureInvalid : KeyFragVerdict.ReceiverSignatureInvalid,
                kfrag.Verify(key, b, b, out _));
        }
    }

    [Theory]
    [InlineData(0, 1), InlineData(-1, 3), InlineData(4, 3), InlineData(1, 0)]
    public void GenerateKeyFrags_ThresholdOutOfRange_IsWrongUse(int threshold, int shares) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new World(6, threshold, shares));

    [Fact]
    public void Verify_ReceiverSignatureBroken_IsRefusedWhenBothKeysAreGiven()
    {
        var world = new World(7, 1, 1, signDelegatingKey: false, signReceivingKey: false);
        var bytes = world.KeyFrags[0].ToBytes();
        bytes[244 + 40] ^= 1;
        Assert.True(KeyFrag.TryRead(bytes, out var kfrag));

        Assert.Equal(KeyFragVerdict.Valid, kfrag.Verify(world.Signer.VerifyingKey, null, null, out _));
        Assert.Equal(
            KeyFragVerdict.ReceiverSignatureInvalid,
            kfrag.Verify(
                world.Signer.VerifyingKey, world.Delegating.PublicKey, world.Receiving.PublicKey, out var verified));
        Assert.Null(verified);
    }

    [Fact]
    [Trait("Row", "CR-07")]
    public void Verify_EachFieldOfTheCapsuleFragExchanged_NamesWhatFailed()
    {
        var world = new World(8, 2, 2);
        var (one, other) = (world.Unverified()[0].ToBytes(), world.Unverified()[1].ToBytes());
        foreach (var (offset, length, signed) in new[]
            { (3, 33, false), (38, 33, false), (73, 32, true), (143, 33, false), (178, 33, false), (213, 33, true),
              (248, 33, false), (283, 32, false), (317, 64, true) })
        {
            var forged = (byte[])one.Clone();
            other.AsSpan(offset, length).CopyTo(forged.AsSpan(offset));
            Assert.True(CapsuleFrag.TryRead(forged, out var cfrag));

            Assert.Equal(
                signed ? CapsuleFragVerdict.KeyFragSignatureInvalid : CapsuleFragVerdict.ReencryptionProofInvalid,
                world.Verify(cfrag));
        }
    }

    [Fact]
    [Trait("Row", "CR-07")]
    public void Verify_CapsuleFragOfAnotherCapsule_IsRefused()
    {
        var world = new World(9);
        var (capsule, _) = ProxyReencryption.Encrypt(world.Delegating.PublicKey, [], world.Random);

        Assert.Equal(CapsuleFragVerdict.ReencryptionProofInvalid, world.Unverified()[0].Verify(
            capsule, world.Signer.VerifyingKey, world.Delegating.PublicKey, world.Receiving.PublicKey, world.Random,
            out _));
    }

    [Fact]
    [Trait("Row", "CR-08")]
    public void DecryptReencrypted_WrongInputs_SayWhy()
    {
        var (world, other) = (new World(10), new World(11));
        var cfrags = world.Reencrypt();
        var (capsule, ciphertext) = ProxyReencryption.Encrypt(world.Delegating.PublicKey, [1], world.Random);

        Assert.Equal(OpenVerdict.NoCapsuleFrags, world.Open([], out _));
        Assert.Equal(OpenVerdict.MismatchedCapsuleFrags, world.Open([cfrags[0], other.Reencrypt()[0]], out _));
        Assert.Equal(OpenVerdict.RepeatedCapsuleFrag, world.Open([cfrags[0], cfrags[0]], out _));
        Assert.Equal(OpenVerdict.ValidationFailed, ProxyReencryption.DecryptReencrypted(
            other.Receiving, world.Delegating.PublicKey, world.Capsule, cfrags, world.Ciphertext, out _));
        Assert.Equal(OpenVerdict.ValidationFailed, ProxyReencryption.DecryptReencrypted(
            world.Receiving, other.Delegating.PublicKey, world.Capsule, cfrags, world.Ciphertext, out _));
        Assert.Equal(OpenVerdict.ValidationFailed, ProxyReencryption.DecryptReencrypted(
            world.Receiving, world.Delegating.PublicKey, capsule, cfrags, ciphertext, out _));
        Assert.Equal(OpenVerdict.AuthenticationFailed, ProxyReencryption.DecryptReencrypted(
            world.Receiving, world.Delegating.PublicKey, world.Capsule, cfrags, ciphertext, out _));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(100_000)]
    [Trait("Row", "CR-02")]
    public void DecryptOriginal_AnyLength_OpensAndRefusesEveryOtherKey(int length)
    {
        var world = new World(12);
        var plaintext = new byte[length];
        world.Random.Fill(plaintext);

        var (capsule, ciphertext) = ProxyReencryption.Encrypt(world.Delegating.PublicKey, plaintext, world.Random);

        Assert.Equal(length + 40, ciphertext.Length);
        Assert.Equal(
            OpenVerdict.Opened,
            ProxyReencryption.DecryptOriginal(world.Delegating, capsule, ciphertext, out var opened));
        Assert.Equal(plaintext, opened);
        Assert.Equal(
            OpenVerdict.AuthenticationFailed,
            ProxyReencryption.DecryptOriginal(world.Receiving, capsule, ciphertext, out _));
        Assert.Equal(
            OpenVerdict.CiphertextTooShort,
            ProxyReencryption.DecryptOriginal(world.Delegating, capsule, new byte[23], out _));
    }

    [Fact]
    public void Dispose_OfSecrets_ForbidsTheirUse()
    {
        var world = new World(13);
        world.Delegating.Dispose();
        world.KeyFrags[0].Dispose();

        Assert.Throws<ObjectDisposedException>(() => world.Delegating.WriteSecret(new byte[32]));
        Assert.Throws<ObjectDisposedException>(
            () => ProxyReencryption.Reencrypt(world.Capsule, world.KeyFrags[0], world.Random));
    }
}

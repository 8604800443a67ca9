namespace NuCypher.P2P.Umbral.Tests;

public sealed class AeadTests
{
    public static TheoryData<AeadAlgorithm> Algorithms => [.. Enum.GetValues<AeadAlgorithm>()];

    [Theory, MemberData(nameof(Algorithms))]
    [Trait("Row", "CR-01")]
    public void Open_WhatWasSealed_GivesThePlaintext(AeadAlgorithm algorithm)
    {
        var random = new SeededRandom(1);
        var key = Key(random);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 1000 })
        {
            var plaintext = new byte[length];
            random.Fill(plaintext);

            var sealedBytes = Aead.Seal(algorithm, key, plaintext, [7], random);

            Assert.Equal(length + Aead.Overhead(algorithm), sealedBytes.Length);
            Assert.Equal(OpenVerdict.Opened, Aead.Open(algorithm, key, sealedBytes, [7], out var opened));
            Assert.Equal(plaintext, opened);
        }
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Seal_IntoABuffer_IsTheSame(AeadAlgorithm algorithm)
    {
        var key = Key(new SeededRandom(3));
        var plaintext = new byte[100];
        var expected = Aead.Seal(algorithm, key, plaintext, [7], new SeededRandom(4));
        var buffer = new byte[expected.Length];

        Aead.Seal(algorithm, key, plaintext, [7], new SeededRandom(4), buffer);

        Assert.Equal(expected, buffer);
        foreach (var length in new[] { 0, buffer.Length - 1, buffer.Length + 1 })
            Assert.Throws<ArgumentException>(
                () => Aead.Seal(algorithm, key, plaintext, [7], new SeededRandom(4), new byte[length]));
    }

    [Fact]
    public void Require_NotSupported_NamesTheAlgorithm()
    {
        AeadCipher.Require(AeadAlgorithm.ChaCha20Poly1305, supported: true);
        var refusal = Assert.Throws<PlatformNotSupportedException>(
            () => AeadCipher.Require(AeadAlgorithm.ChaCha20Poly1305, supported: false));

        Assert.Contains(nameof(AeadAlgorithm.ChaCha20Poly1305), refusal.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Algorithms))]
    [Trait("Row", "CR-01")]
    public void Seal_TenThousandTimesTheSame_NeverRepeatsANonceOrACiphertext(AeadAlgorithm algorithm)
    {
        var random = new SeededRandom(5);
        var key = Key(random);
        var (nonces, ciphertexts) = (new HashSet<string>(), new HashSet<string>());
        for (var i = 0; i < 10_000; i++)
        {
            var sealedHex = Convert.ToHexString(Aead.Seal(algorithm, key, new byte[16], [7], random));
            nonces.Add(sealedHex[..(2 * Aead.NonceSize(algorithm))]);
            ciphertexts.Add(sealedHex[(2 * Aead.NonceSize(algorithm))..]);
        }

        Assert.Equal((10_000, 10_000), (nonces.Count, ciphertexts.Count));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Seal_ScriptedNonce_StandsInFrontAsDrawn(AeadAlgorithm algorithm)
    {
        byte[] nonce = [.. Enumerable.Range(1, Aead.NonceSize(algorithm)).Select(i => (byte)i)];

        var sealedBytes = Aead.Seal(algorithm, Key(new SeededRandom(6)), [1], [], new ScriptedRandom([nonce]));

        Assert.Equal(nonce, sealedBytes[..nonce.Length]);
    }

    [Theory, MemberData(nameof(Algorithms))]
    [Trait("Row", "CR-01")]
    public void Open_AnyBitOfAKibibyteFlipped_IsRefused(AeadAlgorithm algorithm)
    {
        var random = new SeededRandom(8);
        var key = Key(random);
        var bytes = Aead.Seal(algorithm, key, new byte[1024], [4], random);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(OpenVerdict.AuthenticationFailed, Aead.Open(algorithm, key, bytes, [4], out _));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory, MemberData(nameof(Algorithms))]
    [Trait("Row", "CR-01")]
    public void Open_AnythingChanged_IsRefused(AeadAlgorithm algorithm)
    {
        var random = new SeededRandom(2);
        var key = Key(random);
        var good = Aead.Seal(algorithm, key, [1, 2, 3], [4], random);
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bytes = (byte[])good.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(OpenVerdict.AuthenticationFailed, Aead.Open(algorithm, key, bytes, [4], out _));
        }

        Assert.Equal(OpenVerdict.AuthenticationFailed, Aead.Open(algorithm, key, good, [5], out _));
        Assert.Equal(OpenVerdict.AuthenticationFailed, Aead.Open(algorithm, Key(random), good, [4], out _));
        for (var length = 0; length < good.Length; length++)
            Assert.Equal(
                length < Aead.NonceSize(algorithm) ? OpenVerdict.CiphertextTooShort : OpenVerdict.AuthenticationFailed,
                Aead.Open(algorithm, key, good.AsSpan(0, length), [4], out _));
    }

    /// <summary>draft-irtf-cfrg-xchacha-03, section 2.2.1.</summary>
    [Fact]
    public void DeriveKey_ExampleOfTheDraft_IsItsSubkey()
    {
        var subkey = new byte[32];

        HChaCha20.DeriveKey(
            Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            Convert.FromHexString("000000090000004a0000000031415927"), subkey);

        Assert.Equal(
            "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc", Convert.ToHexStringLower(subkey));
    }

    /// <summary>draft-irtf-cfrg-xchacha-03, appendix A.3.1.</summary>
    [Fact]
    [Trait("Row", "CR-01")]
    public void Open_ExampleOfTheDraft_GivesItsPlaintext()
    {
        Assert.True(DataKey.TryRead(
            Convert.FromHexString("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"), out var key));
        var expected = "Ladies and Gentlemen of the class of '99: "u8
            + "If I could offer you only one tip for the future, sunscreen would be it."u8;
        var nonce = Convert.FromHexString("404142434445464748494a4b4c4d4e4f5051525354555657");
        var associated = Convert.FromHexString("50515253c0c1c2c3c4c5c6c7");

        var sealedBytes = Aead.Seal(
            AeadAlgorithm.XChaCha20Poly1305, key, expected, associated, new ScriptedRandom([nonce]));

        Assert.Equal(
            "c0875924c1c7987947deafd8780acf49", Convert.ToHexStringLower(sealedBytes.AsSpan(sealedBytes.Length - 16)));
        Assert.StartsWith(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb",
            Convert.ToHexStringLower(sealedBytes.AsSpan(24)));
    }

    private static DataKey Key(RandomSource random)
    {
        var bytes = new byte[DataKey.Size];
        random.Fill(bytes);
        Assert.True(DataKey.TryRead(bytes, out var key));
        return key;
    }
}

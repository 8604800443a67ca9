using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using NSecAead = NSec.Cryptography.AeadAlgorithm;
using NSecKey = NSec.Cryptography.Key;

namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Random payloads of every length against libsodium (by NSec) and BouncyCastle.</summary>
public sealed class AeadOracleTests
{
    private const int Longest = 300;

    [Theory]
    [InlineData(AeadAlgorithm.XChaCha20Poly1305, 1), InlineData(AeadAlgorithm.ChaCha20Poly1305, 2)]
    [InlineData(AeadAlgorithm.Aes256Gcm, 3)]
    [Trait("Row", "CR-01")]
    public void Seal_EveryLength_IsLibsodiumsAndOpensThere(AeadAlgorithm algorithm, int seed)
    {
        if (algorithm == AeadAlgorithm.Aes256Gcm && !NSec.Cryptography.Aes256Gcm.IsSupported)
            return; // libsodium has it with the processor's AES instructions only; BouncyCastle's test is beside
        var theirs = Theirs(algorithm);
        foreach (var (key, nonce, associated, plaintext) in Payloads(algorithm, seed))
        {
            using var imported = NSecKey.Import(theirs, key, NSec.Cryptography.KeyBlobFormat.RawSymmetricKey);

            var sealedBytes = Seal(algorithm, key, nonce, associated, plaintext);

            Assert.Equal(theirs.Encrypt(imported, nonce, associated, plaintext), sealedBytes[nonce.Length..]);
            Assert.Equal(plaintext, theirs.Decrypt(imported, nonce, associated, sealedBytes.AsSpan(nonce.Length)));
        }
    }

    [Theory]
    [InlineData(AeadAlgorithm.ChaCha20Poly1305, 4), InlineData(AeadAlgorithm.Aes256Gcm, 5)]
    [Trait("Row", "CR-01")]
    public void Seal_EveryLength_IsBouncyCastles(AeadAlgorithm algorithm, int seed)
    {
        foreach (var (key, nonce, associated, plaintext) in Payloads(algorithm, seed))
        {
            IAeadCipher theirs = algorithm == AeadAlgorithm.Aes256Gcm
                ? new GcmBlockCipher(new AesEngine())
                : new Org.BouncyCastle.Crypto.Modes.ChaCha20Poly1305();
            theirs.Init(true, new AeadParameters(new KeyParameter(key), 128, nonce, associated));
            var expected = new byte[theirs.GetOutputSize(plaintext.Length)];
            theirs.DoFinal(expected, theirs.ProcessBytes(plaintext, 0, plaintext.Length, expected, 0));

            Assert.Equal(expected, Seal(algorithm, key, nonce, associated, plaintext)[nonce.Length..]);
        }
    }

    private static NSecAead Theirs(AeadAlgorithm algorithm) => algorithm switch
    {
        AeadAlgorithm.XChaCha20Poly1305 => NSecAead.XChaCha20Poly1305,
        AeadAlgorithm.ChaCha20Poly1305 => NSecAead.ChaCha20Poly1305,
        _ => NSecAead.Aes256Gcm,
    };

    private static IEnumerable<(byte[] Key, byte[] Nonce, byte[] Associated, byte[] Plaintext)> Payloads(
        AeadAlgorithm algorithm, int seed)
    {
        var random = new Random(seed);
        for (var length = 0; length <= Longest; length++)
            yield return (Draw(DataKey.Size), Draw(Aead.NonceSize(algorithm)), Draw(random.Next(70)), Draw(length));

        byte[] Draw(int size)
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    private static byte[] Seal(AeadAlgorithm algorithm, byte[] key, byte[] nonce, byte[] associated, byte[] plaintext)
    {
        Assert.True(DataKey.TryRead(key, out var dataKey));
        return Aead.Seal(algorithm, dataKey, plaintext, associated, new ScriptedRandom([nonce]));
    }
}

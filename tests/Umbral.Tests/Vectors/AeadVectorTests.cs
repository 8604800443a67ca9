using System.Text;

namespace NuCypher.P2P.Umbral.Tests.Vectors;

/// <summary>
/// Published answers: RFC 8439, section 2.8.2 and appendix A.5; The Galois/Counter Mode of Operation (McGrew and Viega,
/// submitted to NIST), appendix B, test cases 13 to 16, those of 256-bit keys and 96-bit nonces.
/// </summary>
public sealed class AeadVectorTests
{
    private const string GcmKey = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    private const string GcmPlaintext =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
        + "b16aedf5aa0de657ba637b391aafd255";
    private const string GcmCiphertext =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
        + "c5f61e6393ba7a0abcc9f662898015ad";

    private static readonly string Sunscreen = Hex(
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        + "sunscreen would be it.");

    private static readonly string Drafts = Hex(
        "Internet-Drafts are draft documents valid for a maximum of six months and may be updated, replaced, or "
        + "obsoleted by other documents at any time. It is inappropriate to use Internet-Drafts as reference material "
        + "or to cite them other than as "
        + "/\u201cwork in progress./\u201d");

    public static TheoryData<string, AeadAlgorithm, string, string, string, string, string, string> Cases => new()
    {
        {
            "RFC 8439, 2.8.2", AeadAlgorithm.ChaCha20Poly1305,
            "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
            "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7", Sunscreen,
            "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
            + "1a71de0a9e060b2905d6a5b67ecd3b36"
            + "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b"
            + "6116",
            "1ae10b594f09e26a7e902ecbd0600691"
        },
        {
            "RFC 8439, A.5", AeadAlgorithm.ChaCha20Poly1305,
            "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0",
            "000000000102030405060708", "f33388860000000000004e91", Drafts,
            "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d26b0"
            + "bdb7b73c321b0100d4f03b7f355894cf"
            + "332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c8559797a06ef4f0ef61c186324e2b350638"
            + "3606907b6a7c02b0f9f6157b53c867e4"
            + "b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718cbc546a"
            + "0d072b04b3564eea1b422273f548271a"
            + "0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d361094fa68f0ff77987130"
            + "305beaba2eda04df997b714d6c6f2c29"
            + "a6ad5cb4022b02709b",
            "eead9d67890cbb22392336fea1851f38"
        },
        {
            "GCM 13", AeadAlgorithm.Aes256Gcm, new string('0', 64), new string('0', 24), "", "", "",
            "530f8afbc74536b9a963b4f1c4cb738b"
        },
        {
            "GCM 14", AeadAlgorithm.Aes256Gcm, new string('0', 64), new string('0', 24), "", new string('0', 32),
            "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"
        },
        {
            "GCM 15", AeadAlgorithm.Aes256Gcm, GcmKey, "cafebabefacedbaddecaf888", "", GcmPlaintext, GcmCiphertext,
            "b094dac5d93471bdec1a502270e3cc6c"
        },
        {
            "GCM 16", AeadAlgorithm.Aes256Gcm, GcmKey, "cafebabefacedbaddecaf888",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            GcmPlaintext[..120], GcmCiphertext[..120], "76fc6ece0f4e1768cddf8853bb2d551b"
        },
    };

    [Theory, MemberData(nameof(Cases))]
    [Trait("Row", "CR-01")]
    public void Seal_PublishedCase_GivesItsBytesAndOpensAgain(
        string name, AeadAlgorithm algorithm, string key, string nonce, string associated, string plaintext,
        string ciphertext, string tag)
    {
        Assert.True(DataKey.TryRead(Convert.FromHexString(key), out var dataKey), name);
        var (plain, data) = (Convert.FromHexString(plaintext), Convert.FromHexString(associated));

        var random = new ScriptedRandom([Convert.FromHexString(nonce)]);
        var sealedBytes = Aead.Seal(algorithm, dataKey, plain, data, random);

        Assert.Equal(nonce + ciphertext + tag, Convert.ToHexStringLower(sealedBytes));
        Assert.Equal(OpenVerdict.Opened, Aead.Open(algorithm, dataKey, sealedBytes, data, out var opened));
        Assert.Equal(plain, opened);
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
}

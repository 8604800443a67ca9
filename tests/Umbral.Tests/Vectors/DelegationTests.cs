using System.Text.Json;

namespace NuCypher.P2P.Umbral.Tests.Vectors;

/// <summary>Whole grants of umbral-pre, byte for byte: encrypt, generate, verify, re-encrypt, open.</summary>
public sealed class DelegationTests
{
    public static IEnumerable<string> AllIds =>
        VectorFile.Answers.List("delegations").Select(delegation => delegation.Text("id"));

    public static TheoryData<string> Ids => [.. AllIds];

    [Theory, MemberData(nameof(Ids))]
    public void Encrypt_RecordedDraws_GivesTheRecordedBytes(string id)
    {
        var (delegation, random) = (Find(id), Find(id).Random("encryptRng"));

        var (capsule, ciphertext) = ProxyReencryption.Encrypt(
            delegation.Public("delegatingPk"), delegation.Hex("plaintext"), random);

        Assert.Equal(delegation.Hex("capsule"), capsule.ToBytes());
        Assert.Equal(delegation.Hex("ciphertext"), ciphertext);
        Assert.True(random.Exhausted);
    }

    [Theory, MemberData(nameof(Ids))]
    [Trait("Row", "CR-06")]
    public void GenerateKeyFrags_RecordedDraws_GivesTheRecordedBytes(string id)
    {
        var (delegation, random) = (Find(id), Find(id).Random("generateRng"));

        var kfrags = ProxyReencryption.GenerateKeyFrags(
            delegation.Secret("delegatingSk"), delegation.Public("receivingPk"), delegation.Signer("signingSk"),
            delegation.GetProperty("threshold").GetInt32(), delegation.GetProperty("shares").GetInt32(),
            delegation.Flag("signDelegatingKey"), delegation.Flag("signReceivingKey"), random);

        Assert.Equal(delegation.List("frags").Select(frag => frag.Text("kfrag")), kfrags.Select(Hex));
        Assert.True(random.Exhausted);
    }

    [Theory, MemberData(nameof(Ids))]
    [Trait("Row", "CR-06")]
    public void Reencrypt_RecordedDraws_GivesTheRecordedBytesThatVerify(string id)
    {
        var delegation = Find(id);
        var capsule = delegation.Capsule("capsule");
        foreach (var frag in delegation.List("frags"))
        {
            Assert.True(KeyFrag.TryRead(frag.Hex("kfrag"), out var kfrag));
            Assert.Equal(KeyFragVerdict.Valid, kfrag.Verify(
                delegation.Verifying("verifyingPk"), delegation.Public("delegatingPk"),
                delegation.Public("receivingPk"),
                out var verified));

            var cfrag = ProxyReencryption.Reencrypt(capsule, verified!, frag.Random("reencryptRng"));

            Assert.Equal(frag.Text("cfrag"), Convert.ToHexStringLower(cfrag.ToBytes()));
            Assert.Equal(frag.Text("cfragSimple"), Plain(cfrag));
            Assert.NotNull(Verified(delegation, capsule, frag));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void DecryptReencrypted_RecordedSubsets_OpensWhatOpened(string id)
    {
        var delegation = Find(id);
        var capsule = delegation.Capsule("capsule");
        VerifiedCapsuleFrag[] all = [.. delegation.List("frags").Select(frag => Verified(delegation, capsule, frag))];
        foreach (var decryption in delegation.List("decryptions"))
        {
            var chosen = decryption.List("indices").Select(index => all[index.GetInt32()]).ToArray();

            var verdict = ProxyReencryption.DecryptReencrypted(
                delegation.Secret("receivingSk"), delegation.Public("delegatingPk"), capsule, chosen,
                delegation.Hex("ciphertext"), out var plaintext);

            Assert.Equal(decryption.Flag("ok"), verdict == OpenVerdict.Opened);
            if (decryption.Flag("ok"))
                Assert.Equal(delegation.Hex("plaintext"), plaintext);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Reencrypt_SecondCapsuleOfTheSameGrant_GivesTheRecordedBytes(string id)
    {
        var delegation = Find(id);
        var second = delegation.GetProperty("second");
        var capsule = second.Capsule("capsule");
        var frags = delegation.List("frags");
        var again = second.List("frags");
        for (var i = 0; i < again.Length; i++)
        {
            Assert.True(VerifiedKeyFrag.TryReadTrusted(frags[i].Hex("kfrag"), out var kfrag));

            var cfrag = ProxyReencryption.Reencrypt(capsule, kfrag, again[i].Random("reencryptRng"));

            Assert.Equal(again[i].Text("cfrag"), Convert.ToHexStringLower(cfrag.ToBytes()));
        }
        Assert.Equal(
            OpenVerdict.Opened,
            ProxyReencryption.DecryptOriginal(
                delegation.Secret("delegatingSk"), capsule, second.Hex("ciphertext"), out var plaintext));
        Assert.Equal(second.Hex("plaintext"), plaintext);
    }

    private static JsonElement Find(string id) =>
        VectorFile.Answers.List("delegations").Single(delegation => delegation.Text("id") == id);

    private static string Hex(VerifiedKeyFrag kfrag) => Convert.ToHexStringLower(kfrag.ToBytes());

    private static string Plain(VerifiedCapsuleFrag verified)
    {
        Assert.True(CapsuleFrag.TryRead(verified.ToBytes(), out var cfrag));
        var plain = new byte[CapsuleFrag.PlainSize];
        cfrag.WritePlain(plain);
        return Convert.ToHexStringLower(plain);
    }

    private static VerifiedCapsuleFrag Verified(JsonElement delegation, Capsule capsule, JsonElement frag)
    {
        Assert.True(CapsuleFrag.TryRead(frag.Hex("cfrag"), out var cfrag));
        Assert.Equal(CapsuleFragVerdict.Valid, cfrag.Verify(
            capsule, delegation.Verifying("verifyingPk"), delegation.Public("delegatingPk"),
            delegation.Public("receivingPk"),
            new SeededRandom(1), out var verified));
        return verified!;
    }
}

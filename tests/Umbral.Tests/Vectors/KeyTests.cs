namespace NuCypher.P2P.Umbral.Tests.Vectors;

/// <summary>Keys, factories, signatures, encryptions and evidence of umbral-pre, byte for byte.</summary>
public sealed class KeyTests
{
    [Fact]
    public void PublicKey_OfEachRecordedSecret_IsTheRecordedOne()
    {
        foreach (var key in VectorFile.Answers.List("keys"))
            Assert.Equal(key.Text("pk"), Hex(key.Secret("sk").PublicKey.ToBytes()));
    }

    [Fact]
    public void Random_CandidatesOutOfRange_AreDrawnAgain()
    {
        var recorded = VectorFile.Answers.GetProperty("secretKeyRandom");
        var random = recorded.Random("rng");

        using var key = SecretKey.Random(random);

        Assert.Equal(recorded.Text("sk"), Hex(Secret(key)));
        Assert.True(random.Exhausted);
    }

    [Fact]
    public void SecretKeyFactory_RecordedSeeds_DerivesTheRecordedSecrets()
    {
        foreach (var one in VectorFile.Answers.List("secretKeyFactory"))
        {
            Assert.True(SecretKeyFactory.TryRead(one.Hex("seed"), out var factory));
            var label = one.Hex("label");
            var secret = new byte[SecretKeyFactory.SecretSize];
            factory.MakeSecret(label, secret);
            var (sub, recordedSub) = (factory.MakeFactory(label), one.GetProperty("subFactory"));

            Assert.Equal(one.Text("secret"), Hex(secret));
            Assert.Equal(one.Text("key"), Hex(Secret(factory.MakeKey(label))));
            Assert.Equal(recordedSub.Text("keyOfEmptyLabel"), Hex(Secret(sub.MakeKey([]))));
            Assert.Equal(recordedSub.Text("keyOfSameLabel"), Hex(Secret(sub.MakeKey(label))));
            Assert.Equal(recordedSub.Text("grandchildKey"), Hex(Secret(sub.MakeFactory("child"u8).MakeKey("k"u8))));
            sub.MakeSecret([], secret);
            Assert.Equal(recordedSub.Text("secretOfEmptyLabel"), Hex(secret));
        }
    }

    [Fact]
    public void Sign_RecordedDraws_GivesTheRecordedSignatures()
    {
        foreach (var one in VectorFile.Answers.List("signatures"))
        {
            var signature = one.Signer("sk").SignRecoverable(one.Hex("message"), one.Random("rng"));

            Assert.Equal(one.Text("be"), Hex(signature.Signature.ToBytes()));
            Assert.Equal(one.Text("der"), Hex(signature.Signature.ToDer()));
            Assert.Equal(one.GetProperty("recoveryId").GetInt32(), signature.RecoveryId);
            Assert.True(one.Verifying("pk").Verify(one.Hex("message"), signature.Signature));
            Assert.True(Signature.TryReadDer(one.Hex("der"), out var read, out _));
            Assert.Equal(signature.Signature, read);
        }
    }

    [Fact]
    public void Encrypt_RecordedDraws_GivesTheRecordedBytesThatOpen()
    {
        foreach (var one in VectorFile.Answers.List("encryptions"))
        {
            var (capsule, ciphertext) = ProxyReencryption.Encrypt(
                one.Public("pk"), one.Hex("plaintext"), one.Random("rng"));
            var plain = new byte[Capsule.PlainSize];
            capsule.WritePlain(plain);

            Assert.Equal(one.Text("capsule"), Hex(capsule.ToBytes()));
            Assert.Equal(one.Text("capsuleSimple"), Hex(plain));
            Assert.Equal(one.Text("ciphertext"), Hex(ciphertext));
            Assert.Equal(
                OpenVerdict.Opened,
                ProxyReencryption.DecryptOriginal(one.Secret("sk"), capsule, ciphertext, out var opened));
            Assert.Equal(one.Hex("plaintext"), opened);
        }
    }

    [Fact]
    [Trait("Row", "CR-07")]
    public void Evidence_RecordedFragments_GivesTheRecordedBytes()
    {
        var recorded = VectorFile.Answers.List("evidence").Where(
            one => DelegationTests.AllIds.Contains(one.Text("delegation"))).ToArray();
        Assert.Equal(3, recorded.Length); // the fourth is of a grant that is not recorded
        foreach (var one in recorded)
        {
            var delegation = VectorFile.Answers.List("delegations").Single(d => d.Text("id") == one.Text("delegation"));
            Assert.True(CapsuleFrag.TryRead(
                delegation.List("frags")[one.GetProperty("frag").GetInt32()].Hex("cfrag"), out var cfrag));

            Assert.True(ReencryptionEvidence.TryCreate(
                delegation.Capsule("capsule"), cfrag, delegation.Verifying("verifyingPk"),
                delegation.Public("delegatingPk"), delegation.Public("receivingPk"), out var evidence));

            Assert.Equal(one.Text("bytes"), Hex(evidence.ToBytes()));
        }
    }

    [Fact]
    public void ThresholdOddities_OfTheReference_AreRefused()
    {
        foreach (var one in VectorFile.Answers.List("thresholdOddities"))
        {
            var (threshold, shares) = (one.GetProperty("threshold").GetInt32(), one.GetProperty("shares").GetInt32());
            if (threshold >= 1 && threshold <= shares)
                continue;

            Assert.Throws<ArgumentOutOfRangeException>(() => ProxyReencryption.GenerateKeyFrags(
                one.Secret("delegatingSk"), one.Secret("receivingSk").PublicKey, one.Signer("signingSk"),
                threshold, shares, true, true, new SeededRandom(1)));
        }
    }

    [Fact]
    public void ToString_OfEachType_ShowsNothingSecret()
    {
        var display = VectorFile.Answers.GetProperty("display");
        var delegation = VectorFile.Answers.List("delegations").Single(d => d.Text("id") == "2of3-DR");
        var frag = delegation.List("frags")[0];
        Assert.True(KeyFrag.TryRead(frag.Hex("kfrag"), out var kfrag));
        Assert.True(CapsuleFrag.TryRead(frag.Hex("cfrag"), out var cfrag));
        Assert.True(SecretKeyFactory.TryRead(new byte[32], out var factory));

        Assert.Equal(display.Text("secretKey"), delegation.Secret("delegatingSk").ToString());
        Assert.Equal(display.Text("signer"), delegation.Signer("signingSk").ToString());
        Assert.Equal(display.Text("factory"), factory.ToString());
        Assert.Equal("KeyFrag:" + Hex(frag.Hex("kfrag")[39..47]), kfrag.ToString());
        Assert.Equal("CapsuleFrag:" + Hex(frag.Hex("cfrag")[73..81]), cfrag.ToString());
        Assert.Equal(
            "PublicKey:" + delegation.Text("delegatingPk")[..16], delegation.Public("delegatingPk").ToString());
        Assert.Equal("Capsule:" + delegation.Text("capsule")[146..162], delegation.Capsule("capsule").ToString());
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Secret(SecretKey key)
    {
        var bytes = new byte[SecretKey.Size];
        key.WriteSecret(bytes);
        return bytes;
    }
}

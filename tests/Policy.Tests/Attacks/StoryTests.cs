using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Attacks;

/// <summary>What users do, end to end over the cores.</summary>
public sealed class StoryTests
{
    [Fact]
    [Trait("Row", "CR-16"), Trait("Row", "CR-17")]
    public void OneCiphertext_ManyBobsGrantedLater_AllReadTheSameBytes()
    {
        // Enrico has the policy public key and nothing else; the Bobs don't exist yet.
        var kit = MessageKit.Encrypt(Cast.Alice.PolicyKey(Cast.Label), "shared"u8, Cast.Mallory.Signer, Cast.Random());
        var before = kit.ToBytes();
        using var delegating = Cast.Alice.DelegatingKey(Cast.Label);

        for (var i = 0; i < 100; i++)
        {
            using var bob = Cast.Person(10_000 + i);
            var kfrags = ProxyReencryption.GenerateKeyFrags(
                delegating, bob.EncryptingKey, Cast.Alice.Signer, 1, 1, true, true, Cast.Random(i));
            var cfrag = ProxyReencryption.Reencrypt(kit.Capsule, kfrags[0], Cast.Random(i));

            Assert.Equal(
                KitOpening.Opened,
                kit.OpenReencrypted(bob.DecryptingKey, delegating.PublicKey, [cfrag], out var content));
            Assert.Equal("shared"u8, content!.Bytes.Span);
            Assert.Equal(Cast.Mallory.VerifyingKey, content.Author);
        }

        Assert.Equal(before, kit.ToBytes());
    }

    [Fact]
    [Trait("Row", "NW-06")]
    public void BobKnowsKeysAndLabelOnly_FindsOpensRetrievesAndReadsAStream()
    {
        using var sealer = new KitSealer(
            Cast.Alice.PolicyKey(Cast.Label), Cast.Mallory.Signer, AeadAlgorithm.XChaCha20Poly1305, Cast.Random());
        byte[] file = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i % 251))];
        byte[] kit = [.. sealer.Head.Span, .. sealer.Append(file), .. sealer.Finish()];
        var network = new VirtualNetwork(8);
        using var session = new GrantSession(
            new(
                Cast.Label, Cast.Bob.BobCard, 3, 5,
                Cast.Validity), null, Cast.Alice, new GrantOptions(), network.Now, Cast.Random());
        var published = Assert.IsType<GrantFinished>(network.Run(session)).Grant.MapRecord;

        Assert.True(AliceCard.TryParse(Cast.Alice.AliceCard.ToString(), out var alice, out _));
        var hrac = Cast.Bob.HracFrom(alice.VerifyingKey, Cast.Label);
        var map = OpenMap(published, TreasureMap.KeyOf(alice.VerifyingKey, hrac));
        Assert.True(StreamedKit.TryRead(kit.AsSpan(0, StreamedKit.HeadSize), out var head, out _));
        var retrieval = new Retrieval(
            map, alice.VerifyingKey, hrac, Cast.Bob, [head.Capsule], new RetrievalOptions(), network.Now,
            Cast.Random());
        var finished = Assert.IsType<RetrievalFinished>(network.Run(retrieval));

        Assert.True(
            head.TryOpenReencrypted(Cast.Bob.DecryptingKey, map.PolicyKey, finished.CapsuleFrags[0], out var opener));
        using (opener)
        {
            Assert.True(opener.TryAppend(kit.AsSpan(StreamedKit.HeadSize), out var start));
            Assert.Equal(KitOpening.Opened, opener.Finish(out var rest, out var author));
            Assert.Equal(file, start.Concat(rest));
            Assert.Equal(Cast.Mallory.VerifyingKey, author);
        }
    }

    private static TreasureMap OpenMap(ReadOnlyMemory<byte> published, NodeId key)
    {
        Assert.True(SignedRecord.TryRead(published.Span, out var record));
        Assert.Equal(key, record.Key);
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(EncryptedTreasureMap.TryRead(verified, out var encrypted, out _));
        Assert.True(encrypted.TryOpen(Cast.Bob.DecryptingKey, out var map, out _));
        return map;
    }
}

using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Attacks;

/// <summary>
/// Attackers with everything that some Ursulas have: their keys, their stores, what was sent to them.
/// </summary>
public sealed class CompromiseTests
{
    [Fact]
    [Trait("Row", "CR-22")]
    public void Open_WithEverythingOfOneUrsulaLessThanTheThreshold_NeverOpens()
    {
        var network = new VirtualNetwork(4);
        var opened = 0;
        for (var i = 0; i < 100; i++)
        {
            var label = PolicyLabel.Parse($"label {i}");
            var kit = MessageKit.Encrypt(Cast.Alice.PolicyKey(label), "canary"u8, null, Cast.Random(i));
            var grant = Grant(network, label, 2, 3);
            var stolen = Stolen(network, grant);
            var one = ProxyReencryption.Reencrypt(kit.Capsule, stolen[0], Cast.Random());
            VerifiedCapsuleFrag[] enough = [one, ProxyReencryption.Reencrypt(kit.Capsule, stolen[1], Cast.Random())];

            // Even Bob himself can't with one share; even all shares can't without Bob's key.
            Assert.Equal(
                KitOpening.CannotOpen, kit.OpenReencrypted(Cast.Bob.DecryptingKey, grant.PolicyKey, [one], out _));
            foreach (var holder in grant.Holders)
                Assert.Equal(KitOpening.CannotOpen, kit.OpenReencrypted(
                    network.Of(holder.Ursula).Identity.DecryptingKey, grant.PolicyKey, enough, out _));
            if (kit.OpenReencrypted(Cast.Bob.DecryptingKey, grant.PolicyKey, enough, out _) == KitOpening.Opened)
                opened++;
        }

        Assert.Equal(100, opened);
    }

    [Fact]
    [Trait("Row", "SE-02")]
    public void Store_OfAllUrsulasAndAllTraffic_HoldsNoKeyAndNoPlaintext()
    {
        var network = new VirtualNetwork(4);
        List<byte> said = [];
        foreach (var ursula in network.Ursulas)
        {
            ursula.Tamper = (_, status, body) =>
            {
                said.AddRange(body);
                return (status, body);
            };
        }

        var plaintext = "canary, longer than a key of 32 bytes"u8.ToArray();
        var kit = MessageKit.Encrypt(Cast.Alice.PolicyKey(Cast.Label), plaintext, Cast.Mallory.Signer, Cast.Random());
        var grant = Grant(network, Cast.Label, 2, 3);
        var kept = network.Ursulas.SelectMany(u => u.Log).SelectMany(e => e.Bytes).ToArray();
        var opened = Read(network, grant, kit);

        byte[] everything = [.. kept, .. network.Calls.SelectMany(c => c.Body.ToArray()), .. said, .. kit.ToBytes()];
        Assert.Equal(plaintext, opened);
        Assert.True(everything.AsSpan().IndexOf(Cast.Bob.VerifyingKey.ToBytes()) >= 0); // public keys are there
        foreach (var (name, secret) in Secrets(network, grant, kit).Append(("plaintext", plaintext)))
            Assert.True(everything.AsSpan().IndexOf(secret) < 0, name);
    }

    [Fact]
    [Trait("Row", "CR-22")]
    public void Open_WithKeyFragsOfTwoGrants_NeverOpens()
    {
        var network = new VirtualNetwork(6);
        var kit = MessageKit.Encrypt(Cast.Alice.PolicyKey(Cast.Label), "canary"u8, null, Cast.Random());
        var first = Stolen(network, Grant(network, Cast.Label, 2, 3));
        var second = Orders.Split(2, 3);
        VerifiedCapsuleFrag[] mixed =
            [ProxyReencryption.Reencrypt(kit.Capsule, first[0], Cast.Random()), ProxyReencryption.Reencrypt(
                kit.Capsule, second[1], Cast.Random())];

        Assert.Equal(KitOpening.CannotOpen, kit.OpenReencrypted(
            Cast.Bob.DecryptingKey, Cast.Alice.PolicyKey(Cast.Label), mixed, out _));
    }

    [Fact]
    public void Store_AfterRevocationOrExpiry_IsATombstoneWithoutAnyKey()
    {
        var network = new VirtualNetwork(3);
        var grant = Grant(network, Cast.Label, 2, 3);
        network.Run(OrderSession.Revoke(grant, Cast.Alice, new GrantOptions(), network.Now, Cast.Random()));

        foreach (var ursula in network.Ursulas)
        {
            var (manifest, bytes) = Assert.Single(ursula.Log);
            Assert.Equal("policy-revoked/2", manifest);
            Assert.Equal(Cast.PolicyId.Value.ToBytes(), bytes[..32]);
            Assert.True(bytes.AsSpan().IndexOf(
                Cast.Alice.VerifyingKey.ToBytes()) < 0 && bytes.AsSpan().IndexOf(Cast.Bob.VerifyingKey.ToBytes()) < 0);
            Assert.Equal(48 + 32 + 2 + ProxyKeys.StoredNameSize, bytes.Length);
        }
    }

    [Fact]
    public void Order_CapturedAndSentToAnotherUrsula_IsRefused()
    {
        var network = new VirtualNetwork(4);
        var grant = Grant(network, Cast.Label, 2, 3);
        var captured = network.Calls.ToList();
        foreach (var call in captured)
        {
            foreach (var ursula in network.Ursulas.Where(u => u.Identity.Id != call.Target.Id))
            {
                var before = ursula.Log.Count;
                Assert.NotEqual(ServiceStatus.Ok, ursula.Serve(call.Kind, call.Body, Cast.Now)!.Value.Status);
                Assert.Equal(before, ursula.Log.Count);
            }
        }

        Assert.True(captured.Count >= 6 && grant.Holders.Count == 3);
    }

    private static byte[] Read(VirtualNetwork network, Grant grant, MessageKit kit)
    {
        Assert.True(SignedRecord.TryRead(grant.MapRecord.Span, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(EncryptedTreasureMap.TryRead(verified, out var encrypted, out _));
        Assert.True(encrypted.TryOpen(Cast.Bob.DecryptingKey, out var map, out _));
        var finished = Assert.IsType<RetrievalFinished>(network.Run(new Retrieval(
            map, Cast.Alice.VerifyingKey, grant.Hrac, Cast.Bob, [kit.Capsule], new RetrievalOptions(), network.Now,
            Cast.Random())));
        Assert.Equal(KitOpening.Opened, kit.OpenReencrypted(
            Cast.Bob.DecryptingKey, map.PolicyKey, finished.CapsuleFrags[0], out var content));
        return content!.Bytes.ToArray();
    }

    /// <summary>The keys of everybody and everything, 32 bytes each.</summary>
    private static IEnumerable<(string Name, byte[] Secret)> Secrets(
        VirtualNetwork network, Grant grant, MessageKit kit)
    {
        using var delegating = Cast.Alice.DelegatingKey(Cast.Label);
        yield return ("data key", Convert.FromHexString(Cast.DataKeyOf(kit.Capsule, delegating)));
        yield return ("delegating key", Written(delegating.WriteSecret));
        foreach (var kfrag in Stolen(network, grant))
            yield return ("kfrag", kfrag.ToBytes()[73..105]);
        foreach (var person in network.Ursulas.Select(u => u.Identity).Append(Cast.Alice).Append(Cast.Bob))
        {
            yield return ("seed", Written(person.WriteSeed));
            yield return ("signing key", Written(person.Signer.WriteSecret));
            yield return ("decrypting key", Written(person.DecryptingKey.WriteSecret));
        }
    }

    private delegate void SecretWriter(Span<byte> destination);

    private static byte[] Written(SecretWriter write)
    {
        var bytes = new byte[32];
        write(bytes);
        return bytes;
    }

    private static Grant Grant(VirtualNetwork network, PolicyLabel label, int threshold, int shares)
    {
        using var session = new GrantSession(
            new(
                label, Cast.Bob.BobCard, threshold, shares,
                new Validity(network.Now, network.Now.AddHours(1))), null, Cast.Alice,
            new GrantOptions { Spares = 0 }, network.Now, Cast.Random());
        var end = network.Run(session);
        network.Now = network.FinishedAt;
        return Assert.IsType<GrantFinished>(end).Grant;
    }

    private static VerifiedKeyFrag[] Stolen(VirtualNetwork network, Grant grant)
    {
        var policy = PolicyId.Of(Cast.Alice.VerifyingKey, grant.Hrac);
        return [.. grant.Holders.Select(holder => Steal(network.Of(holder.Ursula), policy, grant))];
    }

    private static VerifiedKeyFrag Steal(TestUrsula ursula, PolicyId policy, Grant grant)
    {
        var stored = ursula.Log.Where(e => e.Manifest == "kfrag-deposited/3")
            .Select(e => PolicyEvents.TryRead(e.Manifest, e.Bytes, out var read) ? (KeyFragDeposited)read : null)
            .Select(e => ursula.Identity.Proxy.Load(e!.StoredKeyFrag.Span, policy, grant.KeyFragVersion));
        return stored.Single(kfrag => kfrag is not null)!;
    }
}

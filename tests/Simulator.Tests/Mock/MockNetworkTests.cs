using System.Text;
using NuCypher.P2P.Policy.Kits;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class MockNetworkTests
{
    [Fact]
    [Trait("Row", "NW-17")]
    public void Reencrypt_TenOfTwenty_GivesBobThePlaintext()
    {
        var network = new MockNetwork(ursulas: 24);
        var kit = Encrypt(network, "diary");

        var policy = network.Grant("diary", threshold: 10, shares: 20, TimeSpan.FromHours(1));
        var cfrags = network.Reencrypt(policy, kit.Capsule, count: 10);

        var opening = kit.OpenReencrypted(
            network.Bob.DecryptingKey, network.Alice.PolicyKey(Label("diary")), cfrags, out var content);
        Assert.Equal(KitOpening.Opened, opening);
        Assert.Equal("hello", Encoding.UTF8.GetString(content!.Bytes.Span));
    }

    [Fact]
    [Trait("Row", "NW-17")]
    public void Reencrypt_AfterRevocation_Throws()
    {
        var network = new MockNetwork(ursulas: 8);
        var kit = Encrypt(network, "diary");
        var policy = network.Grant("diary", threshold: 2, shares: 3, TimeSpan.FromHours(1));
        network.Reencrypt(policy, kit.Capsule, count: 2);

        network.Revoke(policy);

        Assert.Throws<InvalidOperationException>(() => network.Reencrypt(policy, kit.Capsule, count: 2));
    }

    [Fact]
    public void Reencrypt_AfterTheEnd_Throws()
    {
        var network = new MockNetwork(ursulas: 8);
        var kit = Encrypt(network, "diary");
        var policy = network.Grant("diary", threshold: 2, shares: 3, TimeSpan.FromHours(1));

        network.Advance(TimeSpan.FromMinutes(61));

        Assert.Throws<InvalidOperationException>(() => network.Reencrypt(policy, kit.Capsule, count: 2));
    }

    [Fact]
    [Trait("Row", "NW-17")]
    public void Reencrypt_MoreThanThereAre_Throws()
    {
        var network = new MockNetwork(ursulas: 8);
        var kit = Encrypt(network, "diary");
        var policy = network.Grant("diary", threshold: 2, shares: 3, TimeSpan.FromHours(1));

        Assert.Throws<ArgumentOutOfRangeException>(() => network.Reencrypt(policy, kit.Capsule, count: 4));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => network.Grant("other", threshold: 4, shares: 3, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Grant_MoreSharesThanUrsulas_Throws()
    {
        var network = new MockNetwork(ursulas: 3);

        Assert.Throws<InvalidOperationException>(
            () => network.Grant("diary", threshold: 2, shares: 5, TimeSpan.FromHours(1)));
    }

    private static Policy.PolicyLabel Label(string text) => Policy.PolicyLabel.Parse(text);

    private static MessageKit Encrypt(MockNetwork network, string label) => MessageKit.Encrypt(
        network.Alice.PolicyKey(Label(label)), "hello"u8, network.Alice.Signer, new Seed(1).NewRandomSource());
}

using NuCypher.P2P.Policy.Tests.Support;

namespace NuCypher.P2P.Policy.Tests;

public sealed class IdentityTests
{
    [Fact]
    [Trait("Row", "CR-21")]
    public void TryRead_SameSeed_GivesTheSameKeys()
    {
        Span<byte> seed = stackalloc byte[Identity.SeedSize];
        Cast.Alice.WriteSeed(seed);

        Assert.True(Identity.TryRead(seed, out var again));
        using (again)
        {
            Assert.Equal(Cast.Alice.VerifyingKey, again.VerifyingKey);
            Assert.Equal(Cast.Alice.EncryptingKey, again.EncryptingKey);
            Assert.Equal(Cast.Alice.PolicyKey(Cast.Label), again.PolicyKey(Cast.Label));
            Assert.Equal(Cast.Alice.Id, again.Id);
        }

        Assert.False(Identity.TryRead(seed[1..], out _));
    }

    [Fact]
    [Trait("Row", "CR-15")]
    public void PolicyKey_EachLabelAndRole_IsAKeyOfItsOwn()
    {
        string[] keys =
        [
            Convert.ToHexString(Cast.Alice.VerifyingKey.ToBytes()),
            Convert.ToHexString(Cast.Alice.EncryptingKey.ToBytes()),
            Convert.ToHexString(Cast.Alice.PolicyKey(Cast.Label).ToBytes()),
            Convert.ToHexString(Cast.Alice.PolicyKey(PolicyLabel.Parse("decrypting")).ToBytes()),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void ToString_HasNoSecret()
    {
        var seed = new byte[Identity.SeedSize];
        Cast.Alice.WriteSeed(seed);

        Assert.Equal($"Identity {Cast.Alice.Id}", Cast.Alice.ToString());
        Assert.DoesNotContain(
            Convert.ToHexString(seed), Cast.Alice.Proxy.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}

using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Support;

/// <summary>The people of the tests, always the same.</summary>
internal static class Cast
{
    public static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly Identity Alice = Person(1);
    public static readonly Identity Bob = Person(2);
    public static readonly Identity Mallory = Person(3);
    public static readonly Identity Ursula = Person(4);
    public static readonly PolicyLabel Label = PolicyLabel.Parse("holiday/photos");
    public static readonly Validity Validity = new(Now, Now.AddHours(1));

    public static Hrac Hrac => Alice.HracFor(Bob.BobCard, Label);

    public static PolicyId PolicyId => PolicyId.Of(Alice.VerifyingKey, Hrac);

    public static PolicyVersion Version => new(Now);

    public static RandomSource Random(int seed = 7) => new SeededRandom(seed);

    public static Identity Person(int seed) => Identity.Random(new SeededRandom(seed));

    /// <summary>The key that a payload's bytes are encrypted with, in hexadecimal.</summary>
    public static string DataKeyOf(Capsule capsule, SecretKey delegating)
    {
        Assert.Equal(OpenVerdict.Opened, ProxyReencryption.DecapsulateOriginal(delegating, capsule, out var key));
        var bytes = new byte[DataKey.Size];
        key!.WriteSecret(bytes);
        return Convert.ToHexString(bytes);
    }

    public static ServiceTarget Target(Identity ursula) => new(
        ursula.Id,
        ursula.VerifyingKey,
        ursula.EncryptingKey,
        new ServiceAddress("127.0.0.1", 9151, Digest.Read([.. ursula.VerifyingKey.ToBytes().Skip(1)])));
}

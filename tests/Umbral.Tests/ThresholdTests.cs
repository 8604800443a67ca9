namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Every threshold of every number of shares up to 20, and the largest there is.</summary>
/// <remarks>
/// A few subsets of each pair; 50 with <c>NUCYPHER_NIGHTLY=1</c> in the environment, which also takes a new seed and
/// names it.
/// </remarks>
public sealed class ThresholdTests
{
    private const int Most = 20;

    private static readonly bool Nightly = Environment.GetEnvironmentVariable("NUCYPHER_NIGHTLY") == "1";
    private static readonly int Subsets = Nightly ? 50 : 2;
    private static readonly int Seed = Nightly ? Environment.TickCount : 600;

    public static TheoryData<int> Shares => [.. Enumerable.Range(1, Most)];

    [Theory, MemberData(nameof(Shares))]
    [Trait("Row", "CR-06")]
    public void DecryptReencrypted_EveryThresholdOfShares_OpensWithThatManyAndNeverWithOneLess(int shares)
    {
        var random = new Random(unchecked(Seed + shares));
        for (var threshold = 1; threshold <= shares; threshold++)
        {
            var world = new World(random.Next(), threshold, shares);
            var cfrags = world.Reencrypt();
            for (var subset = 0; subset < Subsets; subset++)
                OpensWithThatManyOnly(
                    world, Shuffled(cfrags, random), threshold, $"seed {Seed}, {threshold} of {shares}");
        }
    }

    [Fact]
    [Trait("Row", "CR-06")]
    public void DecryptReencrypted_255Of255_OpensWithAllAndNotWithOneLess()
    {
        var world = new World(255, 255, 255);

        OpensWithThatManyOnly(world, world.Reencrypt(), 255, "255 of 255");
    }

    private static void OpensWithThatManyOnly(World world, VerifiedCapsuleFrag[] cfrags, int threshold, string what)
    {
        var enough = world.Open(cfrags[..threshold], out var plaintext);
        var tooFew = world.Open(cfrags[..(threshold - 1)], out var nothing);

        Assert.True(enough == OpenVerdict.Opened, $"{what}: {enough}");
        Assert.Equal(world.Plaintext, plaintext);
        var expected = threshold == 1 ? OpenVerdict.NoCapsuleFrags : OpenVerdict.ValidationFailed;
        Assert.True(tooFew == expected, $"{what}: {tooFew}");
        Assert.Null(nothing);
    }

    private static VerifiedCapsuleFrag[] Shuffled(VerifiedCapsuleFrag[] cfrags, Random random)
    {
        VerifiedCapsuleFrag[] shuffled = [.. cfrags];
        random.Shuffle(shuffled);
        return shuffled;
    }
}

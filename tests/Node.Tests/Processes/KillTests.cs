namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>What an Ursula has acknowledged survives SIGKILL at any moment.</summary>
public sealed class KillTests
{
    private const int KillAfter = 300;

    [Fact]
    [Trait("Row", "NW-15")]
    public async Task Kill_DuringDeposits_LosesNoneThatWasAcknowledged()
    {
        var acknowledged = await KillAsync([KillAfter]);

        Assert.InRange(acknowledged, KillAfter, DepositLoad.MaxDeposits - 1);
    }

    [Theory, InlineData(1), Trait("Category", "Long")]
    [Trait("Row", "NW-15")]
    public async Task Kill_TwentyTimesUnderLoad_LosesNoneOfThousandsThatWereAcknowledged(int seed)
    {
        var random = new Random(seed);
        var acknowledged = await KillAsync([.. Enumerable.Range(0, 20).Select(_ => random.Next(50, 400))]);

        Assert.InRange(acknowledged, 2_000, 20 * DepositLoad.MaxDeposits);
        TestContext.Current.TestOutputHelper!.WriteLine($"{acknowledged} acknowledged, 20 times killed, 0 lost");
    }

    /// <summary>
    /// Kills a node that takes deposits, once it has acknowledged so many; after each restart it serves all of them.
    /// </summary>
    /// <returns>How many it acknowledged in all.</returns>
    private static async Task<int> KillAsync(int[] killAfter)
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeFolder.CreateAsync(folder, "ursula");
        await node.StartAsync(DepositLoad.NoRateLimit);
        await using var load = new DepositLoad(await node.TargetAsync());
        var total = 0;
        foreach (var after in killAfter)
        {
            using var deposits = await load.UntilKilledAsync(node.Process, after);
            total += deposits.Acknowledged.Count;
            await node.StartAsync(DepositLoad.NoRateLimit);
            await node.StatusWhenAsync(s => s.GetProperty("policiesHeld").GetInt32() >= total);
            Assert.Empty(await load.LostAsync(deposits));
        }
        return total;
    }
}

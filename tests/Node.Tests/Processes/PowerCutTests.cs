namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>
/// What an Ursula has acknowledged survives a power cut: the disk holds what was synced, and of the rest nothing or a
/// random half.
/// </summary>
public sealed class PowerCutTests
{
    private const int CutAfter = 200;

    [Theory, InlineData(5)]
    [Trait("Row", "NW-15")]
    public async Task Cut_DuringDeposits_LosesNoneThatWasAcknowledged(int? leak)
    {
        var (acknowledged, lost) = await CutAsync(CutAfter, leak);

        Assert.InRange(acknowledged, CutAfter, DepositLoad.MaxDeposits - 1);
        Assert.Empty(lost);
    }

    [Theory, InlineData(1), Trait("Category", "Long")]
    [Trait("Row", "NW-15")]
    public async Task Cut_TwentyTimesAfterAThousandDeposits_LosesNoneThatWasAcknowledged(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
        {
            var (acknowledged, lost) = await CutAsync(random.Next(1_000, 1_500), i % 2 == 0 ? null : random.Next());

            Assert.InRange(acknowledged, 1_000, DepositLoad.MaxDeposits - 1);
            Assert.Empty(lost);
            TestContext.Current.TestOutputHelper!.WriteLine($"cut {i + 1}: {acknowledged} acknowledged, 0 lost");
        }
    }

    [Fact] // as SQLite with synchronous = normal: else this test could not fail
    public async Task Cut_DiskThatDoesNotSyncTheLog_LosesWhatWasAcknowledged()
    {
        var (_, lost) = await CutAsync(CutAfter, leak: null, deafTo: "-wal");

        Assert.NotEmpty(lost);
    }

    private static async Task<(int Acknowledged, IReadOnlyCollection<string> Lost)> CutAsync(
        int cutAfter, int? leak, string? deafTo = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "needs Linux and gcc");
        using var folder = new TemporaryFolder();
        var cut = new PowerCut(folder.File("ursula"), folder.File("kept"));
        await cut.PrepareAsync();
        await using var node = await NodeFolder.CreateAsync(folder, "ursula");
        await node.StartWithAsync(cut.Assignments(leak, deafTo), DepositLoad.NoRateLimit);
        await using var load = new DepositLoad(await node.TargetAsync());

        using var deposits = await load.UntilKilledAsync(node.Process, cutAfter);
        cut.Restore();
        await node.StartAsync(DepositLoad.NoRateLimit);

        return (deposits.Acknowledged.Count, await load.LostAsync(deposits));
    }
}

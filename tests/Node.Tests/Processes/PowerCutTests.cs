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

    [Fact]
    [Trait("Row", "QA-05")]
    public async Task Cut_AfterACommandHasEnded_LeavesItsFilesWhole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "needs Linux and gcc");
        using var folder = new TemporaryFolder();
        var home = Directory.CreateDirectory(folder.File("home")).FullName;
        var (password, text) = (folder.File("password"), folder.File("text"));
        await File.WriteAllTextAsync(password, "correct horse battery");
        await File.WriteAllTextAsync(text, "what nobody may read");
        var cut = new PowerCut(home, folder.File("kept"));
        await cut.PrepareAsync();

        var card = await RunAsync($"init --data {home}/node --password-file {password}", @"(bob1_\S+)");
        await RunAsync($"contacts add bob {card} --data {home}/node");
        var key = await RunAsync($"policy-key label --data {home}/node --password-file {password}", @"([0-9a-f]{66})");
        await RunAsync($"encrypt {text} --policy-key {key} -o {home}/kit");
        await RunAsync($"backup -o {home}/backup --data {home}/node --password-file {password}");

        async Task<string> RunAsync(string command, string pattern = "")
        {
            await using var process = NodeProcess.Start(cut.Assignments(null, null), command.Split(' '));
            var said = await process.ReadAsync(pattern);
            Assert.Equal(0, await process.WaitForExitAsync());
            var before = ContentOf(home);
            cut.Restore();
            Assert.Equal(before, ContentOf(home));
            return said.Groups[1].Value;
        }
    }

    /// <summary>But for SQLite's log, whose name comes back after a cut; what it says is in the database already.
    /// </summary>
    private static SortedDictionary<string, string> ContentOf(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains(".db-"))
            .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file))));

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
        await node.Process.ReadAsync(@"Ursula holds \d+ policies"); // until then she is busy

        return (deposits.Acknowledged.Count, await load.LostAsync(deposits));
    }
}

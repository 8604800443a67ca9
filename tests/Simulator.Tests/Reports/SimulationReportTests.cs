using System.Diagnostics;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class SimulationReportTests
{
    private const int Plots = 8;

    /// <summary>What a signed record has besides its body.</summary>
    private const int MinRecordSize = 123;

    [Fact]
    public void ToHtml_SomeRuns_NeedsNothingButItself()
    {
        var html = SimulationReport.ToHtml([Run(1), Run(2)]);

        Assert.Equal(Plots, html.Split("<svg").Length - 1);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("All runs", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ToItsEnd_RecordsTheBytesOfWhatEachNodeHolds()
    {
        var recording = Run(1).Recording;

        Assert.Contains(recording.RecordsHeld, held => held > 0);
        Assert.All(recording.RecordsHeld.Index(), node => Assert.InRange(
            recording.BytesHeld[node.Index], node.Item * MinRecordSize, node.Item * SignedRecord.MaxSize));
    }

    [Fact]
    public void ToHtml_LongRun_WritesTimesAsPeopleDo()
    {
        var html = SimulationReport.ToHtml([Run(1)]);

        Assert.Matches("11 min [0-9]+ s of virtual time", html);
        Assert.Contains("time since the beginning", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]{2}:[0-9]{2}:[0-9]{2}", html);
    }

    [ChromiumFact]
    public async Task ToHtml_InChromium_DrawsEveryPlot()
    {
        var folder = Directory.CreateTempSubdirectory("report");
        try
        {
            var file = Path.Combine(folder.FullName, "report.html");
            await File.WriteAllTextAsync(file, SimulationReport.ToHtml([Run(1)]) + Probe);

            var page = await DumpAsync(file, folder.FullName);

            Assert.Contains($"drawn: {Plots} of {Plots}", page, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Asks the browser how many plots have a size, axes, and a line with an extent of its own.</summary>
    private const string Probe =
        """
        <p id="probe"></p><script>
        const plots = [...document.querySelectorAll('svg')];
        const isDrawn = plot => plot.getBoundingClientRect().height > 100 && plot.querySelectorAll('text').length > 8
          && [...plot.querySelectorAll('path')].some(line => line.getBBox().width > 50);
        document.getElementById('probe').textContent = `drawn: ${plots.filter(isDrawn).length} of ${plots.length}`;
        </script>
        """;

    private static async Task<string> DumpAsync(string file, string folder)
    {
        string[] words =
        [
            "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}/profile",
            "--dump-dom", $"file://{file}",
        ];
        using var chromium = Process.Start(
            new ProcessStartInfo(
                ChromiumFactAttribute.Find()!, words)
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var page = chromium.StandardOutput.ReadToEndAsync();
        var log = chromium.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await chromium.WaitForExitAsync(limit.Token);
        return await page + await log;
    }

    private static SimulationResult Run(ulong seed) => new Simulation(
        new Scenario
        {
            Nodes = 12,
            Clients = 3,
            Duration = TimeSpan.FromMinutes(10),
            HealTime = TimeSpan.FromMinutes(1),
            Policies = new PolicyLoad { Count = 5, ReadInterval = TimeSpan.FromMinutes(1) },
            Adversaries = new AdversaryPlan { HostileUrsulas = Chance.Of(0.3) },
            Faults = new FaultPlan { Churn = new Churn { PercentPerHour = 100 } },
        },
        seed).Run();
}

using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Tests.Https;

public sealed class StatusPageBrowserTests
{
    private static readonly NodeStatus Status = new(
        "00112233445566778899aabbccddeeff00112233", "02" + new string(
            'c', 64), "1.0.0", "full", "192.0.2.7:4000", "192.0.2.7:4001",
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(30), 12, 56, 34,
        [new PeerStatus(new string('a', 40), "192.0.2.8:4000"), new PeerStatus(new string('b', 40), "192.0.2.9:4000")],
        [HealthFinding.Good("disk", "12 MiB are free")]);

    [ChromiumTheory, InlineData("/"), InlineData("/swarm")]
    public async Task Page_InChromium_IsShownInItsOwnStyle(string path)
    {
        using var folder = new TemporaryFolder();
        NodeCertificate.Write(folder.File("tls.pem"), DateTimeOffset.UtcNow);
        using var certificate = NodeCertificate.Read(folder.File("tls.pem"));
        var backend = new HttpsBackend(
            (_, _) => throw new NotSupportedException(), _ => Task.FromResult(Status),
            _ => throw new NotSupportedException(), (_, _) => throw new NotSupportedException(),
            _ => Task.FromResult(SwarmPageTests.Swarm), () => throw new NotSupportedException());
        await using var server = await HttpsServer.StartAsync(
            new IPEndPoint(
                IPAddress.Loopback, 0), certificate, backend, new HttpsOptions(), NullLoggerFactory.Instance);

        var (picture, log) = await OpenAsync($"https://{server.Address}{path}", folder);

        Assert.DoesNotContain("Content Security Policy", log, StringComparison.Ordinal);
        Assert.True(new FileInfo(picture).Length > 10_000, log);
    }

    private static async Task<(string Picture, string Log)> OpenAsync(string address, TemporaryFolder folder)
    {
        var picture = Environment.GetEnvironmentVariable("NUCYPHER_TEST_PICTURE") ?? folder.File("page.png");
        string[] words =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", "--enable-logging=stderr",
            $"--user-data-dir={folder.File("profile")}", "--window-size=1000,900", $"--screenshot={picture}", address,
        ];
        var start = new ProcessStartInfo(
            ChromiumTheoryAttribute.Find()!, words)
        { RedirectStandardError = true, RedirectStandardOutput = true };
        using var chromium = Process.Start(start)!;
        var log = chromium.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await chromium.WaitForExitAsync(limit.Token);
        return (picture, await log);
    }
}

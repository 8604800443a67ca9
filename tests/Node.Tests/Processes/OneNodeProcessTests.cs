using System.Net;
using System.Net.Sockets;
using System.Text;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>What a node's process does that needs no other node.</summary>
public sealed class OneNodeProcessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NodeFolder _node = null!; // made before each test

    public async ValueTask InitializeAsync()
    {
        _node = await NodeFolder.CreateAsync(_folder, "node-0");
        await _node.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Row", "QA-05")]
    public async Task Run_OfTheHttpsService_AnswersPageHealthAndUnknownMaps()
    {
        var (page, html) = await _node.GetAsync("/");
        var (health, _) = await _node.GetAsync("/health/live");
        var (map, _) = await _node.GetAsync($"/v1/maps/{new string('a', 40)}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound), (page, health, map));
        Assert.Contains(_node.Udp, System.Text.Encoding.UTF8.GetString(html), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "NW-15")]
    public async Task Run_WithTooLittleRoom_WarnsAndStatusSaysThatItIsNotReady()
    {
        await using var node = await NodeFolder.CreateAsync(_folder, "narrow");
        await node.StartAsync("--set", "nucypher.health.min-free-mebibytes=100000000");

        await node.Process.ReadAsync(@"warn: health\[0\] disk is not well: .* MiB are free: make room");
        var status = await Terminal.RunAsync("status", "--data", _folder.File("narrow"), "--json");

        Assert.Equal(ExitCode.Failed, status.Code);
        Assert.False(status.Json.GetProperty("ready").GetBoolean());
    }

    [Theory]
    [InlineData("json", @"^\{""Timestamp"":""[^""]+Z"".*""Category"":""ursula"""),
        InlineData("systemd", @"^<6>ursula\[0\] Ursula holds")]
    [Trait("Row", "QA-03")]
    [Trait("Row", "QA-05")]
    public async Task Run_InAFormatForPrograms_LogsInIt(string format, string pattern)
    {
        await InitAsync(format);

        await using var process = NodeProcess.Start(
            "run", "--data", _folder.File(format), "--password-file", _folder.File("password"), "--udp", "127.0.0.1:0",
            "--https", "127.0.0.1:0", "--set", $"nucypher.log.format={format}");

        await process.ReadAsync(pattern);
    }

    [Fact]
    [Trait("Row", "QA-05")]
    public async Task Run_UnderSystemd_TellsItThatItIsReadyAndThatItStops()
    {
        await InitAsync("unit");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(_folder.File("notify")));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[256];

        await using var process = NodeProcess.Start(
            [$"NOTIFY_SOCKET={_folder.File("notify")}"],
            ["run", "--data", _folder.File("unit"), "--password-file", _folder.File("password"), "--udp", "127.0.0.1:0",
            "--https", "127.0.0.1:0"]);
        var ready = await systemd.ReceiveAsync(buffer, limit.Token);
        var first = Encoding.ASCII.GetString(buffer, 0, ready);
        await process.TerminateAsync();
        var stopping = await systemd.ReceiveAsync(buffer, limit.Token);

        Assert.Contains("READY=1", first, StringComparison.Ordinal);
        Assert.Contains("STOPPING=1", Encoding.ASCII.GetString(buffer, 0, stopping), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_NoNodeRuns_SaysSo()
    {
        await InitAsync("idle");

        var status = await Terminal.RunAsync("status", "--data", _folder.File("idle"));

        Assert.Equal(ExitCode.NotFound, status.Code);
        Assert.Contains("no node", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutAcceptPlain_StoresNoPlainValue()
    {
        var set = await Terminal.RunAsync("dht", "set", "colour", "green", "--join", _node.Udp);

        Assert.Equal(ExitCode.Failed, set.Code);
        Assert.Contains("--accept-plain", set.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PasswordInTheEnvironment_IsWipedAndNoDebuggerConnects()
    {
        await InitAsync("alone");
        await using var process = NodeProcess.Start(
            ["NUCYPHER_PASSWORD=correct horse battery"],
            ["run", "--data", _folder.File("alone"), "--udp", "127.0.0.1:0", "--client"]);
        await process.ReadAsync(@"^udp\s+(\S+)$");

        var environment = await File.ReadAllTextAsync($"/proc/{process.Id}/environ");

        Assert.Contains("NUCYPHER_PASSWORD=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", environment, StringComparison.Ordinal);
        // The name has the start time, too: another process that had this id may have left its own behind.
        var stat = await File.ReadAllTextAsync($"/proc/{process.Id}/stat");
        var started = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process.Id}-{started}-*"));
    }

    [Fact]
    public async Task Run_GarbageAtTheFrontDoor_IsALineForDebugging()
    {
        await using var node = await NodeFolder.CreateAsync(_folder, "garbage");
        await node.StartAsync("--set", "akka.loglevel=DEBUG");

        await node.PostAsync("v1/revoke", [1, 2, 3]);

        await node.Process.ReadAsync(@"dbug: service\[0\] revocation: not done, Malformed$");
    }

    [Fact]
    public async Task Run_WithoutACertificate_MakesOne()
    {
        await InitAsync("bare");
        var certificate = Path.Combine(_folder.File("bare"), "tls.pem");
        File.Delete(certificate);

        await using var process = NodeProcess.Start(
            "run", "--data", _folder.File("bare"), "--password-file", _folder.File("password"),
            "--udp", "127.0.0.1:0", "--https", "127.0.0.1:0");
        await process.ReadAsync(@"^https\s+(\S+)$");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(certificate));
    }

    [Fact]
    public async Task Run_FolderOrPortInUse_SaysSo()
    {
        var folder = _folder.File("node-0");
        await InitAsync("other");
        var sameFolder = await Terminal.RunAsync(
            "run", "--data", folder, "--password-file", _folder.File("password"),
            "--udp", "127.0.0.1:0", "--https", "127.0.0.1:0");
        var sameUdp = await Terminal.RunAsync(
            "run", "--data", _folder.File("other"), "--password-file", _folder.File("password"),
            "--udp", _node.Udp, "--https", "127.0.0.1:0");
        var sameHttps = await Terminal.RunAsync(
            "run", "--data", _folder.File("other"), "--password-file", _folder.File("password"),
            "--udp", "127.0.0.1:0", "--https", _node.Https);

        var noAddress = await Terminal.RunAsync(
            "run", "--data", _folder.File("other"), "--password-file", _folder.File("password"),
            "--udp", "127.0.0.1:0", "--https", "192.0.2.1:0");
        var everywhere = await Terminal.RunAsync(
            "run", "--data", _folder.File("other"), "--password-file", _folder.File("password"),
            "--udp", "0.0.0.0:0", "--https", "0.0.0.0:0");

        Assert.Equal(
            (ExitCode.Storage, ExitCode.Network, ExitCode.Network),
            (sameFolder.Code, sameUdp.Code, sameHttps.Code));
        Assert.Equal((ExitCode.Network, ExitCode.Usage), (noAddress.Code, everywhere.Code));
        Assert.Contains(folder, sameFolder.Error, StringComparison.Ordinal);
        Assert.Contains(_node.Udp, sameUdp.Error, StringComparison.Ordinal);
        Assert.Contains(_node.Https, sameHttps.Error, StringComparison.Ordinal);
    }

    private async Task<string> InitAsync(string name)
    {
        var outcome = await Terminal.RunAsync(
            "init", "--data", _folder.File(name), "--password-file", _folder.File("password"), "--json",
            "--set", "nucypher.keystore.scrypt-log-rounds=10");
        return outcome.Json.GetProperty("bobCard").GetString()!;
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Node.Tests.CommandLine;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>A node's folder with its identity, and the process that runs on it.</summary>
internal sealed class NodeFolder : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _passwordFile;
    private readonly HttpClient _http;

    private NodeFolder(string path, string passwordFile)
    {
        (_path, _passwordFile) = (path, passwordFile);
        using var certificate = NodeCertificate.Read(Path.Combine(path, "tls.pem"));
        var pin = Convert.ToHexString(NodeCertificate.PinOf(certificate));
        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback =
                    (_, c, _, _) => c?.GetCertHashString(HashAlgorithmName.SHA256) == pin,
            },
        });
    }

    public NodeProcess Process { get; private set; } = null!;

    public string Udp { get; private set; } = "127.0.0.1:0";

    public string Https { get; private set; } = "127.0.0.1:0";

    public static async Task<NodeFolder> CreateAsync(TemporaryFolder folder, string name)
    {
        var password = folder.File("password");
        await File.WriteAllTextAsync(password, "correct horse battery");
        var outcome = await Terminal.RunAsync(
            "init", "--data", folder.File(name), "--password-file", password, "--set",
            "nucypher.keystore.scrypt-log-rounds=10");
        Assert.Equal(ExitCode.Success, outcome.Code);
        return new NodeFolder(folder.File(name), password);
    }

    /// <summary>Another folder with the same password, for a node at the same addresses.</summary>
    public NodeFolder At(string path) => new(path, _passwordFile) { Udp = Udp, Https = Https };

    /// <summary>Starts the process, the second time at the same addresses, and waits until it listens.</summary>
    public Task StartAsync(params string[] more) => StartWithAsync([], more);

    /// <summary>The same, with assignments such as <c>A=1</c> in its environment.</summary>
    public async Task StartWithAsync(string[] assignments, params string[] more)
    {
        Process = NodeProcess.Start(assignments,
            ["run", "--data", _path, "--password-file", _passwordFile, "--udp", Udp, "--https", Https, .. more]);
        Udp = (await Process.ReadAsync(@"^udp\s+(\S+)$")).Groups[1].Value;
        Https = (await Process.ReadAsync(@"^https\s+(\S+)$")).Groups[1].Value;
    }

    /// <summary>Posts bytes to the node as if they were a protocol object.</summary>
    public async Task PostAsync(string path, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(ServiceRoute.ContentType);
        using var response = await _http.PostAsync(new Uri($"https://{Https}/{path}"), content);
    }

    /// <summary>The same, with its answer.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> PostForAsync(string path, ReadOnlyMemory<byte> bytes)
    {
        using var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = new(ServiceRoute.ContentType);
        using var response = await _http.PostAsync(new Uri($"https://{Https}{path}"), content);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The node's status when it is as wished.</summary>
    public async Task<JsonElement> StatusWhenAsync(Predicate<JsonElement> wished)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            using var status = JsonDocument.Parse(
                await _http.GetStringAsync(new Uri($"https://{Https}/v1/status"), limit.Token));
            if (wished(status.RootElement))
                return status.RootElement.Clone();
        }
        while (await timer.WaitForNextTickAsync(limit.Token));
        throw new TimeoutException();
    }

    /// <summary>What the checks of /health/ready say, once they say what is wished.</summary>
    public async Task<JsonElement> HealthWhenAsync(Predicate<JsonElement> wished)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        do
        {
            using var response = await _http.GetAsync(new Uri($"https://{Https}/health/ready"), limit.Token);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(limit.Token));
            var checks = answer.RootElement.GetProperty("checks");
            if (wished(checks))
                return checks.Clone();
        }
        while (await timer.WaitForNextTickAsync(limit.Token));
        throw new TimeoutException();
    }

    /// <summary>What the node says about itself, verified.</summary>
    public async Task<ServiceTarget> TargetAsync()
    {
        var bytes = await _http.GetByteArrayAsync(new Uri($"https://{Https}/v1/information"));
        Assert.True(SignedRecord.TryRead(bytes, out var record));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        Assert.True(NodeRecord.TryRead(verified, out var node, out _));
        return Assert.IsType<ServiceTarget>(node.Service);
    }

    /// <summary>Waits until each of some nodes knows all others and finds their records.</summary>
    public static async Task MeetAsync(IReadOnlyCollection<NodeFolder> nodes)
    {
        foreach (var node in nodes)
        {
            var status = await node.StatusWhenAsync(s => s.GetProperty("peers").GetArrayLength() >= nodes.Count - 1);
            foreach (var other in nodes)
                await other.FindsAsync(status.GetProperty("nodeId").GetString()!);
        }
    }

    // Until the node finds another one's record in the swarm.
    private async Task FindsAsync(string nodeId)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await GetAsync($"/v1/maps/{nodeId}")).Status != HttpStatusCode.OK)
            await timer.WaitForNextTickAsync(limit.Token);
    }

    public async Task<(HttpStatusCode Status, byte[] Body)> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri($"https://{Https}{path}"));
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (Process is not null)
            await Process.DisposeAsync();
    }
}

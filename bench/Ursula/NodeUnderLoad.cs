using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>The program in a process of its own, with the settings that it has by itself but those below.</summary>
internal sealed class NodeUnderLoad : IAsyncDisposable
{
    // A password that costs nothing, and room for what a minute of deposits brings.
    private static readonly string[] Settings =
    [
        "--set", "nucypher.keystore.scrypt-log-rounds=10", "--set", "nucypher.ursula.max-policies=2000000",
        "--set", "nucypher.ursula.max-policies-per-source=200000",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ursula-bench-").FullName;
    private Process? _process;
    private HttpClient? _http;

    /// <summary>Where it serves.</summary>
    public IPEndPoint Https { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>SHA-256 of its certificate.</summary>
    public byte[] Pin { get; private set; } = [];

    /// <summary>Her, as her record says.</summary>
    public ServiceTarget Target { get; private set; } = null!; // set by the start

    public TimeSpan Cpu => Refreshed.TotalProcessorTime;

    public double Megabytes => Machine.Round(Refreshed.WorkingSet64 / (double)(1 << 20));

    /// <summary>The database with its log, in megabytes.</summary>
    public double DatabaseMb => Machine.Round(
        Directory.GetFiles(Path.Combine(_folder, "data", "journal")).Sum(f => new FileInfo(f).Length)
        / (double)(1 << 20));

    private Process Refreshed
    {
        get
        {
            _process!.Refresh(); // there is one after the start
            return _process;
        }
    }

    /// <summary>Makes an identity and starts.</summary>
    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), "correct horse battery");
        using var init = Run("init");
        await init.WaitForExitAsync();
        using (var certificate = NodeCertificate.Read(Path.Combine(_folder, "data", "tls.pem")))
            Pin = NodeCertificate.PinOf(certificate);
        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    shown?.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(Pin) == true,
            },
        });
        await ListenAsync();
        Target = await ReadTargetAsync();
    }

    /// <summary>
    /// Stops it and starts it on the same folder; how long until it was ready and knew so many policies.
    /// </summary>
    public async Task<TimeSpan> RestartAsync(int policies)
    {
        using (var term = Process.Start("kill", ["-TERM", $"{_process!.Id}"]))
            await term.WaitForExitAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        var watch = Stopwatch.StartNew();
        await ListenAsync();
        while (await HeldAsync() < policies)
            await Task.Delay(20);
        return watch.Elapsed;
    }

    /// <summary>How many policies with a kfrag it holds.</summary>
    public async Task<int> HeldAsync()
    {
        using var status = JsonDocument.Parse(await _http!.GetStringAsync(new Uri($"https://{Https}/v1/status")));
        return status.RootElement.GetProperty("policiesHeld").GetInt32();
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListenAsync()
    {
        _process = Run("run", "--udp", "127.0.0.1:0", "--https", Https.ToString());
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Regex.Match(line, @"^https\s+(\S+)$") is not { Success: true } match)
                continue;
            Https = IPEndPoint.Parse(match.Groups[1].Value);
            _ = _process.StandardOutput.ReadToEndAsync(); // nobody looks at it, but the pipe must not fill
            return;
        }

        throw new InvalidOperationException("The node did not start.");
    }

    private Process Run(string command, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "nucypher.dll"), command, "--data",
                Path.Combine(_folder, "data"), "--password-file", Path.Combine(_folder, "password"), .. Settings,
                .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<ServiceTarget> ReadTargetAsync()
    {
        var bytes = await _http!.GetByteArrayAsync(new Uri($"https://{Https}/v1/information"));
        return SignedRecord.TryRead(bytes, out var record)
            && record.TryVerify(RecordSignatures.Verify, out var verified)
            && NodeRecord.TryRead(verified, out var node, out _) && node.Service is { } service
            ? service
            : throw new InvalidOperationException("The node's record can't be read.");
    }
}

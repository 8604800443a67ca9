using System.CommandLine;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>status</c>: how the running node of a folder is, as it sees itself; no password is needed.</summary>
internal sealed class StatusCommand : NodeCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Option<string?> _https = new("--https")
    {
        Description = "Where the node serves, if it runs elsewhere than the folder says.",
        HelpName = "HOST:PORT",
    };

    /// <summary>The command's words.</summary>
    public StatusCommand() : base(
        "status", "Ask the running node of a folder how it is: exit code 0 if it is ready.",
        "nucypher status --data ~/.nucypher")
    {
        Add(SharedOptions.Data);
        Add(_https);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var folder = DataFolder.At(context.Get(SharedOptions.Data));
        folder.RequireIdentity();
        var address = context.Get(_https) is { } text ? await ServiceAtAsync(text, cancellation)
            : AddressOf(folder);
        using var certificate = NodeCertificate.Read(folder.Certificate);
        using var client = ClientFor(Convert.ToHexString(NodeCertificate.PinOf(certificate)));
        var status = await GetAsync(client, address, "/v1/status", cancellation);
        var health = await GetAsync(client, address, "/health/ready", cancellation);
        var isReady = health.GetProperty("status").GetString() != "Unhealthy";
        context.Write(
            new { ready = isReady, health = health.GetProperty("checks"), status },
            output => WriteTable(output, status, health));
        return isReady ? ExitCode.Success : ExitCode.Failed;
    }

    // Of a name with several addresses the first at which somebody listens, else the first.
    private static async Task<IPEndPoint> ServiceAtAsync(string text, CancellationToken cancellation)
    {
        var addresses = SwarmOptions.PeersOf(text, "--https");
        foreach (var address in addresses.Count > 1 ? addresses : [])
        {
            if (await ListensAsync(address.ToIPEndPoint(), cancellation))
                return address.ToIPEndPoint();
        }
        return addresses[0].ToIPEndPoint();
    }

    private static async Task<bool> ListensAsync(IPEndPoint address, CancellationToken cancellation)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            await socket.ConnectAsync(address, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private static IPEndPoint AddressOf(DataFolder folder) =>
        ServiceAddressFile.Read(folder) ?? throw new CommandException(
        ExitCode.NotFound, $"no node with a service runs in {folder.Path}",
        "Start it with nucypher run, or say with --https where it serves.");

    private static HttpClient ClientFor(string pin) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = OfflineChain.OfPin(),
            RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown?.GetCertHashString(HashAlgorithmName.SHA256) == pin,
        },
    })
    { Timeout = Limit };

    private static async Task<JsonElement> GetAsync(HttpClient client, IPEndPoint address, string path,
        CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync(new Uri($"https://{address}{path}"), cancellation);
            if ((int)response.StatusCode is not (200 or 503))
                throw Silent(address);
            return (await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), default,
                cancellation)).RootElement;
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(
                ExitCode.Network, $"no node of this folder answers at {address}: {e.GetBaseException().Message}",
                "Start it with nucypher run; after a renewal of the certificate start it again.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Silent(address);
        }
    }

    private static CommandException Silent(IPEndPoint address) =>
        new(ExitCode.Network, $"the node at {address} does not answer", "Look into its log; start it again.");

    private static void WriteTable(TextWriter output, JsonElement status, JsonElement health)
    {
        var up = TimeSpan.FromSeconds(status.GetProperty("uptimeSeconds").GetInt64());
        output.WriteLine($"node {status.GetProperty("nodeId").GetString()}, up {TimeWords.Of(up)}");
        output.WriteLine(
            $"peers {status.GetProperty("peers").GetArrayLength()}, policies {status.GetProperty("policiesHeld")}");
        foreach (var check in health.GetProperty("checks").EnumerateObject())
        {
            var state = check.Value.GetProperty("status").GetString();
            var words = check.Value.GetProperty("words").GetString();
            output.WriteLine(Printable.Of($"{check.Name,-10} {state,-9} {words}"));
        }
    }
}

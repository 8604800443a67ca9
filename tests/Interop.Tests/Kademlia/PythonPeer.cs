using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Interop.Tests.Kademlia;

/// <summary>A <c>peer.py</c> in a process of its own.</summary>
internal sealed class PythonPeer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PythonPeer(Process process, NodeId id, NodeAddress address) =>
        (_process, Id, Address) = (process, id, address);

    public NodeId Id { get; }

    public NodeAddress Address { get; }

    public static async Task<PythonPeer> StartAsync()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Kademlia", "Python", "peer.py");
        var process = Process.Start(new ProcessStartInfo(PythonFactAttribute.FindPython()!, [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var hello = JsonNode.Parse((await process.StandardOutput.ReadLineAsync().WaitAsync(Limit))!)!;
        Assert.True(NodeId.TryParse((string?)hello["id"], out var id));
        return new PythonPeer(process, id, new NodeAddress(IPAddress.Loopback, (ushort)hello["port"]!));
    }

    public async Task<bool> BootstrapAsync(NodeAddress address) =>
        (bool)(await AskAsync(new { @do = "bootstrap", address = Pair(address) }))!;

    /// <summary>Stores at all nearest nodes; what each of them replied.</summary>
    public async Task<JsonArray> SetAsync(NodeId key, object value) =>
        (await AskAsync(new { @do = "set", key = key.ToString(), value }))!.AsArray();

    public Task<JsonNode?> GetAsync(NodeId key) => AskAsync(new { @do = "get", key = key.ToString() });

    public Task<JsonNode?> HeldAsync(NodeId key) => AskAsync(new { @do = "held", key = key.ToString() });

    public async Task<JsonNode> CallAsync(NodeAddress address, string method, params object[] arguments) =>
        (await AskAsync(new { @do = "call", address = Pair(address), method, arguments }))!;

    public async Task<IReadOnlyList<string>> KnownAsync() =>
        Strings((await AskAsync(new { @do = "status" }))!["known"]!);

    public async Task<IReadOnlyList<string>> ErrorsAsync() =>
        Strings((await AskAsync(new { @do = "status" }))!["errors"]!);

    public static object Bytes(byte[] bytes) => new { hex = Convert.ToHexStringLower(bytes) };

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<JsonNode?> AskAsync(object command)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        return JsonNode.Parse(line ?? throw new InvalidOperationException("the peer ended"))!["result"];
    }

    private static object[] Pair(NodeAddress address) => [address.Address.ToString(), (int)address.Port];

    private static string[] Strings(JsonNode array) => [.. array.AsArray().Select(node => (string)node!)];
}

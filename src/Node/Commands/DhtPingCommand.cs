using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>dht ping</c>: who answers at the addresses after --join.</summary>
internal sealed class DhtPingCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public DhtPingCommand() : base(
        "ping", "Ask who answers at the addresses after --join.", "nucypher dht ping --join 127.0.0.1:8468") =>
        Add(SwarmOptions.Join);

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        await using var client = await ClientNode.JoinAnonymouslyAsync(context, cancellation);
        var pongs = new List<(NodeAddress Address, DhtOutcome Outcome)>();
        foreach (var seed in SwarmOptions.SeedsOf(context))
            pongs.Add((seed, await client.AskAsync(new PingAddress(0, seed), cancellation)));
        context.Write(
            new { nodes = pongs.Select(p => ToJson(p.Address, p.Outcome)) },
            output => pongs.ForEach(p => output.WriteLine(InWords(p.Address, p.Outcome))));
        return pongs.TrueForAll(p => p.Outcome is Pong) ? ExitCode.Success : ExitCode.Network;
    }

    private static object ToJson(NodeAddress address, DhtOutcome outcome) => new
    {
        address = address.ToString(),
        nodeId = (outcome as Pong)?.Contact.Id.ToString(),
        milliseconds = (outcome as Pong)?.RoundTrip.TotalMilliseconds,
    };

    private static string InWords(NodeAddress address, DhtOutcome outcome) => outcome is Pong pong
        ? $"{address}  {pong.Contact.Id}  {pong.RoundTrip.TotalMilliseconds:F1} ms"
        : $"{address}  no answer";
}

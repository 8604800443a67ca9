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
        "ping", "Ask who answers at the addresses after --join.", "nucypher dht ping --join 127.0.0.1:8468")
    {
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        await using var client = await ClientNode.JoinAnonymouslyAsync(context, cancellation);
        var groups = SwarmOptions.SeedGroupsOf(context);
        var seeds = groups.SelectMany(group => group).Distinct().ToList();
        var outcomes = await Task.WhenAll(
            seeds.Select(seed => client.AskAsync(new PingAddress(0, seed), cancellation)));
        var pongs = seeds.Zip(outcomes, (address, outcome) => (Address: address, Outcome: outcome)).ToList();
        var answering = pongs.Where(p => p.Outcome is Pong).Select(p => p.Address).ToHashSet();
        context.Write(
            new { nodes = pongs.Select(p => ToJson(p.Address, p.Outcome)) },
            output => pongs.ForEach(p => output.WriteLine(InWords(p.Address, p.Outcome))));
        // of a name with several addresses one is enough
        return groups.All(group => group.Any(answering.Contains)) ? ExitCode.Success : ExitCode.Network;
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

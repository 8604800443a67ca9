using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>dht get</c>: a plain value of any rpcudp swarm.</summary>
internal sealed class DhtGetCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public DhtGetCommand() : base(
        "get", "Look up a plain value; nobody has signed it.", "nucypher dht get colour --join 127.0.0.1:8468")
    {
        Add(PlainOptions.Key);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        await using var client = await ClientNode.JoinAnonymouslyAsync(context, cancellation);
        var found = KademliaFailures.Expect<ValueFound>(
            await client.AskAsync(new GetValue(0, PlainOptions.KeyOf(context)), cancellation));
        context.Write(
            new { key = context.Get(PlainOptions.Key), value = found.Value.ToString(), answers = found.Answers },
            output => output.WriteLine(Printable.Of(found.Value.ToString(), keepsLines: true)));
        return ExitCode.Success;
    }
}

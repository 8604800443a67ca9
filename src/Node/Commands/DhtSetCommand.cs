using System.CommandLine;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>dht set</c>: stores a plain value in any rpcudp swarm.</summary>
internal sealed class DhtSetCommand : NodeCommand
{
    private readonly Argument<string> _value = new("VALUE") { Description = "The value." };

    /// <summary>The command's words.</summary>
    public DhtSetCommand() : base(
        "set", "Store a plain value, which anybody can overwrite.",
        "nucypher dht set colour green --join 127.0.0.1:8468")
    {
        Add(PlainOptions.Key);
        Add(_value);
        Add(PlainOptions.Type);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var value = PlainOptions.ValueOf(context, context.Get(_value));
        await using var client = await ClientNode.JoinAnonymouslyAsync(context, cancellation);
        var stored = KademliaFailures.Expect<Stored>(
            await client.AskAsync(new SetValue(0, PlainOptions.KeyOf(context), value), cancellation));
        Report.Write(
            context, new { key = context.Get(PlainOptions.Key), keptBy = stored.Acknowledged, asked = stored.Asked });
        return ExitCode.Success;
    }
}

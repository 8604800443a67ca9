using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>dht find</c>: the nodes nearest to a key.</summary>
internal sealed class DhtFindCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public DhtFindCommand() : base(
        "find", "List the nodes nearest to a key, or to a node id of 40 hexadecimal digits.",
        "nucypher dht find colour --join 127.0.0.1:8468")
    {
        Add(PlainOptions.Key);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var target = NodeId.TryParse(context.Get(PlainOptions.Key), out var id) ? id : PlainOptions.KeyOf(context);
        await using var client = await ClientNode.JoinAnonymouslyAsync(context, cancellation);
        var closest = KademliaFailures.Expect<ClosestFound>(
            await client.AskAsync(new FindClosest(0, target), cancellation));
        context.Write(
            new
            {
                target = target.ToString(),
                nodes = closest.Contacts.Select(
                c => new { nodeId = c.Id.ToString(), udp = c.Address.ToString() })
            },
            output =>
            {
                foreach (var contact in closest.Contacts)
                    output.WriteLine($"{contact.Id}  {contact.Address}");
            });
        return ExitCode.Success;
    }
}

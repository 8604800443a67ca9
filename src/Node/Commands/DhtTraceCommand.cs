using System.Globalization;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>dht trace</c>: the way of a lookup, hop by hop.</summary>
internal sealed class DhtTraceCommand : NodeCommand
{
    private const int ShortId = 12;

    /// <summary>The command's words.</summary>
    public DhtTraceCommand() : base(
        "trace", "Show whom a lookup of a key, or of a node id of 40 hexadecimal digits, asks, and what each says.",
        "nucypher dht trace colour --join 127.0.0.1:8468")
    {
        Add(PlainOptions.Key);
        Add(SwarmOptions.Join);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var target = NodeId.TryParse(context.Get(PlainOptions.Key), out var id) ? id : PlainOptions.KeyOf(context);
        await using var client = await ClientNode.JoinAnonymouslyAsync(context, cancellation);
        var traced = KademliaFailures.Expect<Traced>(await client.AskAsync(new TraceKey(0, target), cancellation));
        context.Write(ToJson(target, traced), output => Write(output, target, traced));
        return ExitCode.Success;
    }

    private static object ToJson(NodeId target, Traced traced) => new
    {
        target = target.ToString(),
        values = traced.Values,
        estimatedNodes = (long?)traced.Nodes,
        hops = traced.Hops.Select(hop => new
        {
            nodeId = hop.Contact.Id.ToString(),
            udp = hop.Contact.Address.ToString(),
            namedBy = hop.NamedBy?.ToString(),
            depth = hop.Depth,
            sharedBits = hop.SharedBits,
            askedAfterMilliseconds = hop.AskedAfter.TotalMilliseconds,
            tookMilliseconds = hop.Took?.TotalMilliseconds,
            end = hop.End.ToString(),
            named = hop.Named,
            @new = hop.New,
        }),
    };

    private static void Write(TextWriter output, NodeId target, Traced traced)
    {
        TextTable.Write(
            output, CommandContext.OutputWidth,
            ["hop", "at", "took", "node", "address", "bits", "named by", "answer"],
            [.. traced.Hops.Select(RowOf)]);
        output.WriteLine($"target  {target}");
        output.WriteLine($"values  from {traced.Values} of {traced.Hops.Count} asked");
        if (traced.Nodes is { } nodes)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"swarm   about {nodes:F0} nodes"));
    }

    private static string[] RowOf(TraceHop hop) =>
    [
        hop.Depth.ToString(CultureInfo.InvariantCulture),
        Milliseconds(hop.AskedAfter),
        hop.Took is { } took ? Milliseconds(took) : "",
        hop.Contact.Id.ToString()[..ShortId],
        hop.Contact.Address.ToString(),
        hop.SharedBits.ToString(CultureInfo.InvariantCulture),
        hop.NamedBy?.ToString()[..ShortId] ?? "",
        AnswerOf(hop),
    ];

    private static string AnswerOf(TraceHop hop) => hop.End switch
    {
        HopEnd.Value => "has it",
        HopEnd.Contacts => string.Create(CultureInfo.InvariantCulture, $"{hop.Named} nodes, {hop.New} new"),
        HopEnd.Useless => "nothing of use",
        HopEnd.TooLong => "longer than a datagram that is read",
        HopEnd.Silent => "silent",
        _ => "not waited for",
    };

    private static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F1} ms");
}

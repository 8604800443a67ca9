using System.CommandLine;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>map fetch</c>: Bob looks up and opens his treasure map.</summary>
internal sealed class MapFetchCommand : NodeCommand
{
    private readonly Option<string?> _output = new("--save")
    {
        Description = "File for the map as it lies in the swarm, sealed and signed.",
        HelpName = "FILE",
    };

    /// <summary>The command's words.</summary>
    public MapFetchCommand() : base(
        "fetch",
        "Fetch one's treasure map, and show what it says.",
        "nucypher map fetch --alice alice1_... --label reports --join 127.0.0.1:4000")
    {
        Add(PolicyOptions.Alice);
        Add(PolicyOptions.Label);
        Add(_output);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var (alice, label) = (PolicyOptions.AliceOf(context), PolicyOptions.LabelOf(context));
        SwarmOptions.SeedsOf(context);
        using var identity = context.OpenIdentity();
        await using var client = await ClientNode.JoinAsync(context, identity, cancellation);
        var answer = await client.RunAsync(client.Actors.Bob, new FetchMap(alice.VerifyingKey, label), cancellation);
        if (answer is not MapFetched fetched)
            throw RetrievalFailures.Of(answer, context);
        if (context.Get(_output) is { } path)
            await SaveAsync(
                client, TreasureMap.KeyOf(alice.VerifyingKey, identity.HracFrom(alice.VerifyingKey, label)), path,
                cancellation);
        Write(context, fetched.Map);
        return ExitCode.Success;
    }

    private static async Task SaveAsync(ClientNode client, NodeId key, string path, CancellationToken cancellation)
    {
        var found = KademliaFailures.Expect<RecordFound>(await client.AskAsync(new GetMap(0, key), cancellation));
        OutputFile.Write(path, found.Record.Bytes.Span, Modes.Shared);
    }

    private static void Write(CommandContext context, TreasureMap map) => Report.Write(context, new
    {
        threshold = map.Threshold,
        notBefore = map.Validity.NotBefore,
        notAfter = map.Validity.NotAfter,
        policyKey = Convert.ToHexStringLower(map.PolicyKey.ToBytes()),
        ursulas = map.Ursulas.Select(u => u.ToString()).ToList(),
    });
}

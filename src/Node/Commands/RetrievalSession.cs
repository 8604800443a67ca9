using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Kits;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Commands;

/// <summary>Bob and the swarm, for any number of kits of one Alice under one label.</summary>
internal sealed class RetrievalSession(CommandContext context, Identity identity, AliceCard alice, PolicyLabel label)
    : IAsyncDisposable
{
    private readonly List<UrsulaOutcome> _outcomes = [];
    private ClientNode? _client;
    private int _threshold;

    /// <summary>Has some kits re-encrypted in one request to each Ursula, and writes what they hold.</summary>
    /// <exception cref="CommandException">It came to nothing, or one of them failed.</exception>
    public async Task<IReadOnlyList<FileResult>> ReadAsync(
        IReadOnlyList<FilePair> pairs, CancellationToken cancellation)
    {
        var inputs = new List<KitInput>();
        try
        {
            foreach (var pair in pairs)
                inputs.Add(await KitInput.OpenAsync(pair.Input, cancellation));
            var retrieved = await RetrieveAsync([.. inputs.Select(input => input.Kit.Capsule)], cancellation);
            var next = 0;
            return await FilePairs.ForEachAsync(context, pairs, pair =>
            {
                var (input, cfrags) = (inputs[next], retrieved.CapsuleFrags[next]);
                next++;
                return OpenAsync(pair, input, retrieved.Map.PolicyKey, cfrags, cancellation);
            });
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    /// <summary>Says what was read, and what each Ursula did.</summary>
    public void Write(IReadOnlyList<FileResult> files) => context.Write(
        new
        {
            files = files.Select(file => file.ToJson()),
            threshold = _threshold,
            ursulas = OutcomeTable.ToJson(_outcomes),
        },
        words =>
        {
            OutcomeTable.Write(words, _outcomes);
            foreach (var file in files)
                words.WriteLine($"read {file.InWords()}");
        });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<Retrieved> RetrieveAsync(IReadOnlyList<Capsule> capsules, CancellationToken cancellation)
    {
        _client ??= await ClientNode.JoinAsync(context, identity, cancellation);
        var retrieve = new Retrieve(alice.VerifyingKey, label, capsules, SwarmOptions.DeadlineOf(context));
        if (await _client.RunAsync(_client.Actors.Bob, retrieve, cancellation) is var answer && answer is not Retrieved)
            throw RetrievalFailures.Of(answer, context);
        var retrieved = (Retrieved)answer;
        _threshold = retrieved.Map.Threshold;
        _outcomes.AddRange(retrieved.Outcomes);
        return retrieved;
    }

    private Task<FileResult> OpenAsync(
        FilePair pair, KitInput input, PublicKey policyKey, IReadOnlyList<VerifiedCapsuleFrag> cfrags,
        CancellationToken cancellation)
    {
        if (!input.Kit.IsFor(policyKey))
        {
            throw new CommandException(
                ExitCode.BadInput, $"the kit is of another label than {label}, or of another Alice",
                "Give the label and the Alice that it was encrypted for; ask her which they are.");
        }

        if (!input.Kit.TryOpenReencrypted(identity.DecryptingKey, policyKey, cfrags, out var opener))
            throw KitStream.Altered;
        return WriteAsync();

        async Task<FileResult> WriteAsync()
        {
            using (opener)
                return await PlainOutput.WriteAsync(context, pair, opener, input, cancellation);
        }
    }
}

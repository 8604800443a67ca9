using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Messages;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>retrieve</c>: Bob reads message kits that Alice lets him read.</summary>
internal sealed class RetrieveCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public RetrieveCommand() : base(
        "retrieve",
        "Decrypt message kits that somebody granted, with the help of Ursulas.",
        "nucypher retrieve report.kit -o report.pdf --alice alice1_... --label reports --join 127.0.0.1:4000")
    {
        Add(PolicyOptions.Inputs);
        Add(PolicyOptions.Output);
        Add(PolicyOptions.AsItComes);
        Add(PolicyOptions.Alice);
        Add(PolicyOptions.Label);
        Add(SwarmOptions.Join);
        Add(SwarmOptions.Lan);
        Add(SwarmOptions.Deadline);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var (alice, label) = (PolicyOptions.AliceOf(context), PolicyOptions.LabelOf(context));
        var pairs = FilePairs.Of(context, PlainOutput.NameOf);
        SwarmOptions.DeadlineOf(context);
        SwarmOptions.SeedsOf(context);
        using var identity = context.OpenIdentity();
        await using var session = new RetrievalSession(context, identity, alice, label);
        var files = new List<FileResult>();
        foreach (var some in pairs.Chunk(ReencryptionRequest.MaxCapsules))
            files.AddRange(await session.ReadAsync(some, cancellation));
        session.Write(files);
        return ExitCode.Success;
    }
}

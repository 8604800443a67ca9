using System.CommandLine;
using System.Security.Cryptography;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>phrase</c>: the 24 words of an identity, for whoever did not keep them when it was made.</summary>
internal sealed class PhraseCommand : NodeCommand
{
    private readonly Argument<FileInfo> _file = new("FILE")
    {
        Description =
            "New file for 24 words from which the identity can be restored: print it, lock it away, delete it.",
    };

    /// <summary>The command's words.</summary>
    public PhraseCommand() : base(
        "phrase", "Save the recovery phrase of the identity; who has it has everything.", "nucypher phrase words.txt")
    {
        Add(_file);
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var file = context.Get(_file);
        PhraseOptions.RequireNew(file);
        using var identity = context.OpenIdentity();
        Span<byte> seed = stackalloc byte[Identity.SeedSize];
        identity.WriteSeed(seed);
        PhraseOptions.Write(file, seed);
        CryptographicOperations.ZeroMemory(seed);
        Report.Write(context, new { nodeId = identity.Id.ToString(), phrase = file.FullName });
        return Task.FromResult(ExitCode.Success);
    }
}

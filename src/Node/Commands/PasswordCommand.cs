using System.CommandLine;
using System.Security.Cryptography;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>password</c>: seals the identity under another password, with the cost that is configured now.</summary>
internal sealed class PasswordCommand : NodeCommand
{
    private readonly Option<FileInfo?> _newFile = new("--new-password-file")
    {
        Description = "File whose first line is the new password; without it, a prompt.",
        HelpName = "FILE",
    };

    /// <summary>The command's words.</summary>
    public PasswordCommand() : base(
        "password",
        "Change the password of an identity; copies of the keystore that were made before keep the old one.",
        "nucypher password --data ~/.nucypher")
    {
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
        Add(_newFile);
        Add(SharedOptions.WeakPassword);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var cost = context.Settings().Keystore.Cost();
        var folder = context.RequireFolder();
        using var locked = FileLock.Take(folder.Keystore);
        using var identity = context.OpenIdentity();
        using var password = PasswordSource.ReadNew(context, _newFile, isFirst: false);
        Span<byte> seed = stackalloc byte[Identity.SeedSize];
        identity.WriteSeed(seed);
        KeystoreFile.Replace(folder.Keystore, seed, password, cost);
        CryptographicOperations.ZeroMemory(seed);
        Report.Write(context, new { nodeId = identity.Id.ToString(), keptIn = folder.Path });
        return Task.FromResult(ExitCode.Success);
    }
}

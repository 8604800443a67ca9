using System.CommandLine;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.Backups;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>backup</c>: a folder in one encrypted file, while its node runs.</summary>
internal sealed class BackupCommand : NodeCommand
{
    private readonly Option<bool> _withKeyFrags = new("--with-kfrags")
    {
        Description =
            "Take the key fragments along: a revocation can't reach them in the copy. Without, Alice deals new ones.",
    };

    /// <summary>The command's words.</summary>
    public BackupCommand() : base(
        "backup",
        "Copy identity, certificate, grants and tombstones into one encrypted file, while the node runs.",
        "nucypher backup --data ~/.nucypher -o nucypher.backup")
    {
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
        Add(PolicyOptions.Output);
        Add(_withKeyFrags);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        RequireOwnJournal(context);
        var folder = DataFolder.At(context.Get(SharedOptions.Data));
        using var identity = context.OpenIdentity();
        var hasKeyFrags = context.Get(_withKeyFrags);
        if (hasKeyFrags)
            Confirm(context);
        using var output = new OutputFile(context.Get(PolicyOptions.Output), Modes.Secret);
        var (events, leftOut) = Write(context, output, folder, identity, hasKeyFrags, cancellation);
        output.Commit();
        var keptIn = context.Get(PolicyOptions.Output);
        Report.Write(context, new { events, policiesLeftOut = leftOut, withKeyFragments = hasKeyFrags, keptIn });
        return Task.FromResult(ExitCode.Success);
    }

    // A script has said it with the option; a person may not have known.
    private static void Confirm(CommandContext context)
    {
        context.Error.WriteLine(
            "warning: a revocation can't reach the key fragments in this copy: "
            + "keep it as short as you can, and destroy it");
        if (Console.IsInputRedirected)
            return;
        context.Error.Write("Type yes to take them along: ");
        if (Interruption.AtPrompt(Console.ReadLine)?.Trim() != "yes")
            throw new CommandException(ExitCode.Usage, "nothing was copied", "Leave out --with-kfrags, or type yes.");
    }

    /// <summary>Refuses where the journal is a server's: a copy without policies would be one in name only.</summary>
    internal static void RequireOwnJournal(CommandContext context)
    {
        if (context.Settings().Journal.Postgresql.Length > 0)
        {
            throw new CommandException(
                ExitCode.Usage, "the journal is in PostgreSQL, and this copies one in the data folder",
                "Back the database up with the server's own tools, and the data folder beside it.");
        }
    }

    private static (int Events, int LeftOut) Write(
        CommandContext context, OutputFile output, DataFolder folder, Identity identity, bool hasKeyFrags,
        CancellationToken cancellation)
    {
        var (events, leftOut, histories) = (0, 0, 0);
        output.Write(BackupHead.Of(File.ReadAllBytes(folder.Keystore)));
        using var sealer = new KitSealer(identity.EncryptingKey, identity.Signer, AeadAlgorithm.XChaCha20Poly1305,
            new OperatingSystemRandom());
        output.Write(sealer.Head.Span);
        foreach (var path in folder.Kept.Where(File.Exists))
            output.Write(sealer.Append(BackupWriter.File(Path.GetFileName(path), File.ReadAllBytes(path))));
        foreach (var history in JournalCopy.Read(folder.Journal, identity))
        {
            cancellation.ThrowIfCancellationRequested();
            if (histories++ % 500 == 0)
                context.Live.Set("backup", FormattableString.Invariant($"{histories:N0} histories are copied"));
            var kept = hasKeyFrags ? history : JournalCopy.WithoutKeyFrags(history);
            events += kept?.Events.Count ?? 0;
            leftOut += ReferenceEquals(kept, history) ? 0 : 1;
            if (kept is not null)
                output.Write(sealer.Append(BackupWriter.History(kept)));
        }
        output.Write(sealer.Append(BackupWriter.End(hasKeyFrags)));
        output.Write(sealer.Finish());
        context.Live.Remove("backup");
        return (events, leftOut);
    }
}

using System.CommandLine;
using System.Security.Cryptography;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>init</c>: an identity, its keystore and its certificate in a new folder.</summary>
internal sealed class InitCommand : NodeCommand
{
    private readonly Option<bool> _newJournal = new("--new-journal")
    {
        Description = "Begin an empty journal for the identity that is there: the one that it had is lost.",
    };

    /// <summary>The command's words.</summary>
    public InitCommand()
        : base("init", "Create an identity: keystore, certificate, public cards.", "nucypher init --data ~/.nucypher")
    {
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
        Add(SharedOptions.WeakPassword);
        Add(PhraseOptions.Save);
        Add(PhraseOptions.Restore);
        Add(PhraseOptions.Import);
        Add(_newJournal);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        context.RequireNotBoth(PhraseOptions.Restore, PhraseOptions.Import);
        foreach (var option in new Option[]
            { PhraseOptions.Restore, PhraseOptions.Import, PhraseOptions.Save, SharedOptions.WeakPassword })
            context.RequireNotBoth(_newJournal, option);
        var folder = DataFolder.At(context.Get(SharedOptions.Data));
        if (context.Get(_newJournal))
            return Task.FromResult(BeginJournal(context, folder));
        var cost = context.Settings().Keystore.Cost();
        folder.RequireNoIdentity();
        PhraseOptions.RequireNew(context.Get(PhraseOptions.Save));
        using var password = PasswordSource.ReadNew(context, SharedOptions.PasswordFile, isFirst: true);
        Span<byte> seed = stackalloc byte[Identity.SeedSize];
        if (!PhraseOptions.TryReadSeed(context, seed))
            RandomNumberGenerator.Fill(seed);
        folder.Create();
        RequireOwnJournal(folder, seed);
        using var identity = Create(context, folder, password, cost, seed);
        NodeCertificate.TryCreate(folder.Certificate, TimeProvider.System.GetUtcNow());
        NodeJournal.OpenOrCreate(folder.Journal, identity, context.Settings().Journal).Dispose();
        Print(context, folder, identity);
        return Task.FromResult(ExitCode.Success);
    }

    // Before anything is written: a journal that is there already stays that of the seed that it was made with.
    private static void RequireOwnJournal(DataFolder folder, ReadOnlySpan<byte> seed)
    {
        if (!NodeJournal.Exists(folder.Journal) || !Identity.TryRead(seed, out var identity))
            return;
        using (identity)
            NodeJournal.Open(folder.Journal, identity).Dispose();
    }

    private static ExitCode BeginJournal(CommandContext context, DataFolder folder)
    {
        folder.RequireIdentity();
        if (NodeJournal.Exists(folder.Journal))
        {
            throw new CommandException(
                ExitCode.Storage,
                $"{folder.Journal} has a journal already",
                "Move that folder away first, if the grants and policies in it may be lost.");
        }

        using var identity = context.OpenIdentity();
        NodeJournal.OpenOrCreate(folder.Journal, identity, context.Settings().Journal).Dispose();
        Report.Write(context, new { newJournalIn = folder.Journal });
        return ExitCode.Success;
    }

    private static Identity Create(
        CommandContext context, DataFolder folder, Password password, ScryptCost cost, Span<byte> seed)
    {
        var phrase = context.Get(PhraseOptions.Save);
        if (phrase is not null)
            PhraseOptions.Write(phrase, seed); // before the identity, which is worth little without it
        try
        {
            return IdentityStore.Create(folder, password, cost, seed);
        }
        catch
        {
            phrase?.Delete();
            throw;
        }
    }

    private static void Print(CommandContext context, DataFolder folder, Identity identity) => Report.Write(context, new
    {
        nodeId = identity.Id.ToString(),
        verifyingKey = Convert.ToHexStringLower(identity.VerifyingKey.ToBytes()),
        encryptingKey = Convert.ToHexStringLower(identity.EncryptingKey.ToBytes()),
        aliceCard = identity.AliceCard.ToString(),
        bobCard = identity.BobCard.ToString(),
        keptIn = folder.Path,
    });
}

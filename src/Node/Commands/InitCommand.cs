using System.Security.Cryptography;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>init</c>: an identity, its keystore and its certificate in a new folder.</summary>
internal sealed class InitCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public InitCommand()
        : base("init", "Create an identity: keystore, certificate, public cards.", "nucypher init --data ~/.nucypher")
    {
        Add(SharedOptions.Data);
        Add(SharedOptions.PasswordFile);
        Add(PhraseOptions.Save);
        Add(PhraseOptions.Restore);
    }

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var folder = DataFolder.At(context.Get(SharedOptions.Data));
        var cost = SettingsReader.Read(context).Nucypher.Keystore.Cost();
        folder.RequireNoIdentity();
        PhraseOptions.RequireNewFile(context);
        using var password = PasswordSource.Read(context, isNew: true);
        Span<byte> seed = stackalloc byte[Identity.SeedSize];
        if (!PhraseOptions.TryReadSeed(context, seed))
            RandomNumberGenerator.Fill(seed);
        folder.Create();
        NodeCertificate.Write(folder.Certificate, TimeProvider.System.GetUtcNow());
        NodeJournal.OpenOrCreate(folder.Journal).Dispose();
        using var identity = IdentityStore.Create(folder, password, cost, seed);
        PhraseOptions.Write(context, identity);
        Print(context, folder, identity);
        return Task.FromResult(ExitCode.Success);
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

using System.CommandLine;
using System.CommandLine.Invocation;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Commands;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node;

/// <summary>The program: every command under one name.</summary>
internal static class Nucypher
{
    // Words are taken as they stand: nothing is read from a file because a word begins with @, nothing is a bundle of
    // letters.
    private static readonly ParserConfiguration Literal =
        new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private const string Completion = "completion"; // which needs all the others

    private static readonly (string Name, Func<Command> Make)[] Commands =
    [
        ("demo", () => new DemoCommand()),
        ("init", () => new InitCommand()),
        ("run", () => new RunCommand()),
        ("status", () => new StatusCommand()),
        ("backup", () => new BackupCommand()),
        ("restore", () => new RestoreCommand()),
        ("swarm", () => new SwarmCommand()),
        ("card", () => new CardCommand()),
        ("contacts", () => new Command("contacts", "Names for the cards of others.")
        {
            new ContactsAddCommand(), new ContactsListCommand(), new ContactsRemoveCommand(),
        }),
        ("password", () => new PasswordCommand()),
        ("phrase", () => new PhraseCommand()),
        ("certificate", () => new Command("certificate", "The node's TLS certificate.")
        {
            new CertificateRenewCommand(),
        }),
        ("encrypt", () => new EncryptCommand()),
        ("decrypt", () => new DecryptCommand()),
        ("inspect", () => new InspectCommand()),
        ("policy-key", () => new PolicyKeyCommand()),
        ("grant", () => new GrantCommand()),
        ("retrieve", () => new RetrieveCommand()),
        ("renew", () => new RenewCommand()),
        ("revoke", () => new RevokeCommand()),
        ("policies", () => new PoliciesCommand()),
        ("recover", () => new RecoverCommand()),
        ("map", () => new Command("map", "Treasure maps by themselves.")
        {
            new MapPublishCommand(), new MapFetchCommand(),
        }),
        ("dht", () => new Command("dht", "Plain Kademlia tools, for any rpcudp swarm.")
        {
            new DhtGetCommand(), new DhtSetCommand(), new DhtPingCommand(), new DhtFindCommand(),
            new DhtTraceCommand(),
        }),
        ("simulate", () => new SimulateCommand()),
        (Completion, () => new CompletionCommand()),
    ];

    /// <summary>Parses the words, runs the command, gives its exit code. Never throws.</summary>
    public static async Task<int> RunAsync(
        string[] words, InvocationConfiguration configuration, CancellationToken cancellation = default)
    {
        configuration.EnableDefaultExceptionHandler = false;
        try
        {
            RequireUnicode(words);
            var parse = Root(words).Parse(words, Literal);
            if (parse.Action is ParseErrorAction)
                throw UsageError.Of(parse);
            var code = await parse.InvokeAsync(configuration, cancellation);
            return code == 0 && Interruption.WasSeen ? (int)ExitCode.Interrupted : code;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var json = words.Contains(SharedOptions.Json.Name) ? configuration.Output : null;
            return CommandOutcome.Say(configuration, CommandOutcome.Of(e, CancellationToken.None), json);
        }
    }

    // .NET has put a substitute where a word was not UTF-8: two labels, or two files, would become one.
    private static void RequireUnicode(string[] words)
    {
        if (Array.Find(words, word => word.Contains('\ufffd')) is { } word)
            throw new CommandException(
                ExitCode.Usage, $"{word} is not UTF-8", "Rename the file, or use a terminal whose encoding is UTF-8.");
    }

    /// <summary>Every command; if the first word names one, that one alone, which starts sooner.</summary>
    public static RootCommand Root(params IReadOnlyList<string> words)
    {
        var root = new RootCommand("Decentralised key management: Umbral proxy re-encryption over a Kademlia swarm.")
        {
            SharedOptions.Json,
            SharedOptions.Config,
            SharedOptions.Set,
        };
        var isNamed = words is [var first, ..] && first != Completion && Array.Exists(Commands, c => c.Name == first);
        foreach (var (name, make) in Commands)
        {
            if (!isNamed || name == words[0])
                root.Add(make());
        }

        root.Directives.Clear();
        ExampleHelp.AddTo(root);
        return root;
    }
}

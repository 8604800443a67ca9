using System.CommandLine;
using System.CommandLine.Invocation;
using NuCypher.P2P.Node.Commands;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>The program: every command under one name.</summary>
internal static class Nucypher
{
    /// <summary>Parses the words, runs the command, gives its exit code.</summary>
    public static async Task<int> RunAsync(string[] words, InvocationConfiguration configuration)
    {
        var parse = Root().Parse(words);
        var code = await parse.InvokeAsync(configuration);
        return parse.Action is ParseErrorAction ? (int)ExitCode.Usage : code;
    }

    /// <summary>Every command.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Decentralised key management: Umbral proxy re-encryption over a Kademlia swarm.")
        {
            SharedOptions.Json,
            SharedOptions.Config,
            SharedOptions.Set,
            new DemoCommand(),
            new InitCommand(),
            new RunCommand(),
            new PasswordCommand(),
            new Command("certificate", "The node's TLS certificate.") { new CertificateRenewCommand() },
            new EncryptCommand(),
            new DecryptCommand(),
            new GrantCommand(),
            new RetrieveCommand(),
            new RenewCommand(),
            new RevokeCommand(),
            new PoliciesCommand(),
            new Command("map", "Treasure maps by themselves.") { new MapPublishCommand(), new MapFetchCommand() },
            new Command("dht", "Plain Kademlia tools, for any rpcudp swarm.")
            {
                new DhtGetCommand(), new DhtSetCommand(), new DhtPingCommand(), new DhtFindCommand(),
            },
            new SimulateCommand(),
        };
        ExampleHelp.AddTo(root);
        return root;
    }
}

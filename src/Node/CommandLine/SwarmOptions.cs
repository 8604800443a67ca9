using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Options of commands that talk to the swarm, and how addresses are read.</summary>
internal static class SwarmOptions
{
    /// <summary>Nodes to join through.</summary>
    public static Option<string[]> Join { get; } = new("--join")
    {
        Description = "UDP address of a node of the swarm; may be given more than once.",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => [],
    };

    /// <summary>How long Alice's or Bob's errand may take.</summary>
    public static Option<string?> Deadline { get; } = new("--deadline")
    {
        Description = "The longest that the Ursulas are asked, such as 30s; otherwise as configured.",
        HelpName = "TIME",
    };

    /// <summary>The addresses after --join.</summary>
    /// <exception cref="CommandException">None, or one that is none.</exception>
    public static IReadOnlyList<NodeAddress> SeedsOf(CommandContext context)
    {
        var seeds = context.Get(Join).Select(text => AddressOf(text, "--join")).ToList();
        return seeds.Count > 0
            ? seeds
            : throw new CommandException(ExitCode.Usage, "there is no swarm to join", "Give --join HOST:PORT of a running node.");
    }

    /// <summary>A UDP or TCP address; a name is looked up.</summary>
    /// <exception cref="CommandException">It is none, or the name is unknown.</exception>
    public static NodeAddress AddressOf(string text, string option)
    {
        if (NodeAddress.TryParse(text, out var address))
            return address;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), out var port))
            throw new CommandException(ExitCode.Usage, $"{option} {text} is no address", "Write HOST:PORT, such as 127.0.0.1:4000 or [::1]:4000.");
        return new NodeAddress(LookUp(text[..colon], option), port);
    }

    /// <summary>The deadline on this command line; null if there is none.</summary>
    /// <exception cref="CommandException">It is no duration.</exception>
    public static TimeSpan? DeadlineOf(CommandContext context) =>
        context.Get(Deadline) is { } text ? Durations.Parse(text, "--deadline") : null;

    private static IPAddress LookUp(string host, string option)
    {
        try
        {
            return Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily).First();
        }
        catch (SocketException e)
        {
            throw new CommandException(ExitCode.Network, $"{option}: nobody knows the host {host} ({e.Message})", "Check the name, or give a numeric address.");
        }
    }
}

using System.CommandLine;
using System.Net;
using System.Runtime.CompilerServices;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Node.Lan;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Options of commands that talk to the swarm, and how addresses are read.</summary>
internal static class SwarmOptions
{
    private const int MaxRemembered = 20; // of whom one is enough

    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(1); // timers take 49 at most

    /// <summary>Nodes to join through.</summary>
    public static Option<string[]> Join { get; } = new("--join")
    {
        Description = "UDP address of a node of the swarm; may be given more than once. "
            + "Not needed for the swarm that was joined last.",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Whether to look for a swarm on the local network.</summary>
    public static Option<bool> Lan { get; } = new("--lan")
    {
        Description = "Ask on the local network for nodes to join through, if none is given or none answers; a running "
            + "node answers who asks. Anybody on that network can.",
    };

    private static readonly ConditionalWeakTable<CommandContext, IReadOnlyList<NodeAddress>> FoundOnLan = [];

    /// <summary>How long Alice's or Bob's errand may take.</summary>
    public static Option<string?> Deadline { get; } = new("--deadline")
    {
        Description = "The longest that the Ursulas are asked, such as 30s; otherwise as configured.",
        HelpName = "TIME",
    };

    /// <summary>
    /// Where to join: after --join; otherwise as configured; otherwise nodes of the swarm that this folder joined last.
    /// </summary>
    /// <exception cref="CommandException">Nowhere, or at an address that is none.</exception>
    public static IReadOnlyList<NodeAddress> SeedsOf(CommandContext context)
    {
        var seeds = GivenSeedsOf(context);
        if (seeds.Count == 0 && context.Get(SharedOptions.Data) is { } given)
        {
            var folder = DataFolder.At(given);
            folder.RequireKinds();
            seeds = [.. new SavedSwarm(folder).ReadPeers().Take(MaxRemembered)];
        }

        if (context.Get(Lan))
            seeds = [.. seeds, .. FoundOnLan.GetValue(context, c => LanSearch.Find(c.Settings().Lan))];
        return seeds.Count > 0
            ? seeds
            : throw new CommandException(
                ExitCode.Usage,
                context.Get(Lan) ? "nobody on the local network is in a swarm" : "there is no swarm to join",
                "Give --join HOST:PORT of a running node; the next command knows it then.");
    }

    /// <summary>The addresses after --join, otherwise the configured ones; perhaps none.</summary>
    /// <exception cref="CommandException">One is no address.</exception>
    public static IReadOnlyList<NodeAddress> GivenSeedsOf(CommandContext context)
    {
        var (texts, option) = GivenOf(context);
        return [.. texts.SelectMany(text => PeersOf(text, option)).Distinct()];
    }

    /// <summary>
    /// The names after --join, otherwise the configured ones, to look up again while nobody answers: a name may come
    /// to stand for other addresses.
    /// </summary>
    public static IReadOnlyList<string> SeedNamesOf(CommandContext context) =>
        [.. GivenOf(context).Texts.Where(text => HostAddress.TrySplit(text, out _, out _))];

    /// <summary>Whether the command line or the settings say where to join.</summary>
    public static bool HasGivenSeeds(CommandContext context) => GivenOf(context).Texts.Count > 0;

    /// <summary>
    /// Where to join, by what a person wrote: each text with all its addresses, each remembered node by itself.
    /// </summary>
    /// <exception cref="CommandException">Nowhere, or at an address that is none.</exception>
    public static IReadOnlyList<IReadOnlyList<NodeAddress>> SeedGroupsOf(CommandContext context)
    {
        var (texts, option) = GivenOf(context);
        return texts.Count > 0
            ? [.. texts.Select(text => PeersOf(text, option))]
            : [.. SeedsOf(context).Select(seed => (IReadOnlyList<NodeAddress>)[seed])];
    }

    /// <summary>The addresses of somebody else: every one behind a name that a datagram can be sent to.</summary>
    /// <exception cref="CommandException">There is none, or the name is unknown.</exception>
    public static IReadOnlyList<NodeAddress> PeersOf(string text, string option)
    {
        var isAbsurd = HostAddress.TrySplit(text, out _, out var port) && port == 0; // nothing is looked up for it
        NodeAddress[] peers = isAbsurd ? [] : [.. HostAddress.ParseAll(text, option).Where(peer => peer.IsUnicast)];
        return peers.Length > 0
            ? peers
            : throw new CommandException(
                ExitCode.Usage,
                $"{option} {text} is nobody's address: it is unspecified, multicast or broadcast, or its port is 0",
                "Give the address and port that the node printed when it started.");
    }

    /// <summary>An address of this machine to listen on: perhaps every one, perhaps with port 0 for any port.</summary>
    /// <exception cref="CommandException">It is none, or the name is unknown.</exception>
    public static NodeAddress OwnOf(string text, string option)
    {
        var address = HostAddress.Parse(text, option);
        var isEvery = address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any);
        return isEvery || new NodeAddress(address.Address, 1).IsUnicast
            ? address
            : throw new CommandException(
                ExitCode.Usage, $"{option} {text} is no address of one machine",
                "Give an address of this machine, or 0.0.0.0.");
    }

    /// <summary>The deadline on this command line; null if there is none.</summary>
    /// <exception cref="CommandException">It is no duration.</exception>
    public static TimeSpan? DeadlineOf(CommandContext context) => context.Get(Deadline) is not { } text ? null
        : Durations.Parse(text, "--deadline") is var deadline && deadline <= LongestDeadline ? deadline
        : throw new CommandException(
            ExitCode.Usage, $"--deadline {text} is longer than anybody waits", "Give a day, 1d, at most.");

    private static (IReadOnlyList<string> Texts, string Option) GivenOf(CommandContext context) =>
        context.Get(Join) is { Length: > 0 } given
            ? (given, "--join")
            : (context.Settings().Swarm.Seeds, "nucypher.swarm.seeds");
}

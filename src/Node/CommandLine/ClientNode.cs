using NuCypher.P2P.Actors;
using NuCypher.P2P.Actors.Hosting;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Hosting;
using NuCypher.P2P.Node.Logging;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A node for the length of one command: it asks the swarm, and serves nobody.</summary>
internal sealed class ClientNode : IAsyncDisposable
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AgesLimit = TimeSpan.FromSeconds(1);
    // longer than any errand that works as configured
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(150);

    private readonly RunningNode _node;
    private readonly CommandContext _context;
    private readonly ILoggerFactory _logs;
    private Identity? _ownIdentity;
    private bool _hasJoined;

    private ClientNode(RunningNode node, CommandContext context, ILoggerFactory logs) =>
        (_node, _context, _logs) = (node, context, logs);

    /// <summary>The actors.</summary>
    public NodeActors Actors => _node.Actors;

    /// <summary>Joins the swarm that the command line names; nothing is kept.</summary>
    public static Task<ClientNode> JoinAsync(
        CommandContext context, Identity identity, CancellationToken cancellation) =>
        JoinAsync(context, identity, NodeJournal.OfMemory(), cancellation);

    /// <summary>Joins the swarm that the command line names, as a newcomer whom nobody will meet again.</summary>
    public static async Task<ClientNode> JoinAnonymouslyAsync(CommandContext context, CancellationToken cancellation)
    {
        var identity = Identity.Random(new OperatingSystemRandom());
        var client = await JoinAsync(context, identity, NodeJournal.OfMemory(), cancellation);
        client._ownIdentity = identity;
        return client;
    }

    /// <summary>Joins the swarm that the command line names; grants are kept in the data folder.</summary>
    public static Task<ClientNode> JoinWithGrantsAsync(
        CommandContext context, Identity identity, CancellationToken cancellation)
    {
        var settings = context.Settings();
        var journal = NodeJournal.Open(
            DataFolder.At(context.Get(SharedOptions.Data)).Journal, identity, settings.Journal);
        return JoinAsync(context, identity, journal, cancellation);
    }

    /// <summary>Runs an errand of Alice or Bob; while it runs there is a line for each Ursula.</summary>
    public async Task<object> RunAsync(IActorRef target, object message, CancellationToken cancellation)
    {
        try
        {
            var limit = (SwarmOptions.DeadlineOf(_context) ?? TimeSpan.Zero) + Slack;
            return await Errand.RunAsync(_node.System, target, message, Show, limit, cancellation);
        }
        finally
        {
            _context.Live.Clear();
            await NoteAgesAsync();
        }
    }

    /// <summary>Asks the swarm itself.</summary>
    public async Task<DhtOutcome> AskAsync(KademliaRequest request, CancellationToken cancellation)
    {
        var reply = await Actors.Kademlia.Ask<KademliaReply>(request, Slack, cancellation);
        await NoteAgesAsync();
        return reply.Outcome;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RememberAsync();
        await _node.DisposeAsync();
        _ownIdentity?.Dispose();
        _logs.Dispose();
    }

    private static async Task<ClientNode> JoinAsync(
        CommandContext context, Identity identity, NodeJournal journal, CancellationToken cancellation)
    {
        var seeds = SwarmOptions.SeedsOf(context);
        var settings = context.Settings();
        var logs = NodeLog.Create(settings.MinimumLevel == LogLevel.Debug ? LogLevel.Debug : LogLevel.Warning);
        var node = await RunningNode.StartAsync(new NodeStart
        {
            Identity = identity,
            Settings = settings,
            Logs = logs,
            Journal = journal,
            Seeds = seeds,
        });
        var client = new ClientNode(node, context, logs);
        try
        {
            context.Say($"joining through {string.Join(", ", seeds)}");
            await node.JoinedAsync(JoinLimit, cancellation);
            client._hasJoined = true;
            return client;
        }
        catch (CommandException e) when (!SwarmOptions.HasGivenSeeds(context))
        {
            await client.DisposeAsync();
            throw new CommandException(
                e.Code, "no node of the swarm that was joined last answered",
                "Give --join HOST:PORT of a node that runs now.");
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    // A hint for the words of a failure: without it they say less.
    private async Task NoteAgesAsync()
    {
        try
        {
            _context.Ages = (await Actors.Kademlia.Ask<Peers>(new GetPeers(0), AgesLimit)).Statistics.Ages;
        }
        catch (AskTimeoutException)
        {
            _context.Ages = RecordAges.None;
        }
    }

    // The next command needs no --join then; it is no harm if it does.
    private async Task RememberAsync()
    {
        if (!_hasJoined || _context.Get(SharedOptions.Data) is not { Exists: true } folder)
            return;
        try
        {
            await new SavedSwarm(DataFolder.At(folder)).WritePeersAsync(_node);
        }
        catch (Exception e) when (e is AskTimeoutException or IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private void Show(UrsulaOutcome outcome) =>
        _context.Live.Set(OutcomeTable.NameOf(outcome), OutcomeTable.Line(outcome));
}

using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Ursula;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Hosting;

namespace NuCypher.P2P.Node.Demo;

/// <summary>
/// The cast of the demonstration: Ursulas, Alice, Bob and a stranger, each a node with a folder of its own.
/// </summary>
internal sealed class DemoSwarm(string folder, NodeSettings settings, ILoggerFactory logs) : IAsyncDisposable
{
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(30);

    private readonly List<DemoNode> _ursulas = [];

    /// <summary>The nodes that serve.</summary>
    public IReadOnlyList<DemoNode> Ursulas => _ursulas;

    /// <summary>Who owns the data.</summary>
    public DemoNode Alice { get; } = new(Path.Combine(folder, "alice"), settings, logs);

    /// <summary>Who may read.</summary>
    public DemoNode Bob { get; } = new(Path.Combine(folder, "bob"), settings, logs);

    /// <summary>Who may not.</summary>
    public DemoNode Eve { get; } = new(Path.Combine(folder, "eve"), settings, logs);

    private IReadOnlyList<NodeAddress> Seeds => [_ursulas[0].Running.Udp];

    /// <summary>Starts everybody, and waits until every Ursula's record can be found.</summary>
    public async Task StartAsync(int ursulas, CancellationToken cancellation)
    {
        for (var i = 0; i < ursulas; i++)
        {
            var ursula = new DemoNode(Path.Combine(folder, $"ursula-{i + 1}"), settings, logs);
            await ursula.StartAsync(isClient: false, i == 0 ? [] : Seeds);
            _ursulas.Add(ursula);
        }
        await Task.WhenAll(Clients.Select(client => client.StartAsync(isClient: true, Seeds)));
        await Task.WhenAll(_ursulas.Concat(Clients).Select(n => n.Running.JoinedAsync(JoinLimit, cancellation)));
        foreach (var ursula in _ursulas)
            await FindAsync(ursula, cancellation);
    }

    /// <summary>Starts a killed node again, from its folder, with a known node as seed.</summary>
    public async Task<UrsulaState> RestartAsync(DemoNode ursula, CancellationToken cancellation)
    {
        await ursula.StartAsync(isClient: false, [.. _ursulas.Where(u => u != ursula).Select(u => u.Running.Udp)]);
        await ursula.Running.JoinedAsync(JoinLimit, cancellation);
        return await StateWhenAsync(ursula, state => state.IsRecovered, cancellation);
    }

    /// <summary>Waits until an Ursula's state is as wished.</summary>
    /// <exception cref="OperationCanceledException">It never was.</exception>
    public static async Task<UrsulaState> StateWhenAsync(
        DemoNode ursula, Predicate<UrsulaState> wished, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            // A node that runs has a front door, hence an Ursula.
            var state = await ursula.Running.Actors.Ursula!.Ask<UrsulaState>(new GetUrsulaState(), null, cancellation);
            if (wished(state))
                return state;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
        throw new OperationCanceledException(cancellation);
    }

    /// <summary>An errand of a node's Alice or Bob.</summary>
    public static Task<object> AskAsync(
        DemoNode node, IActorRef character, object message, CancellationToken cancellation) =>
        Errand.RunAsync(node.Running.System, character, message, _ => { }, TimeSpan.FromSeconds(90), cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Clients.Concat(_ursulas).Select(node => node.DisposeAsync().AsTask()));

    private async Task FindAsync(DemoNode ursula, CancellationToken cancellation)
    {
        var find = new FindService(ursula.Identity.Id);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await Alice.Running.Actors.Scout.Ask<ServiceFound>(find, JoinLimit, cancellation)).Target is null)
            await timer.WaitForNextTickAsync(cancellation);
    }

    private DemoNode[] Clients => [Alice, Bob, Eve];
}

using NuCypher.P2P.Actors.Discovery;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>
/// Looks for seeds again while the node knows nobody: a name may stand for other addresses by now, and somebody may
/// have come to the local network.
/// </summary>
internal static class SeedWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Looks at once and then every 5 seconds whether anybody is known; ends when cancelled, or at once if nothing can
    /// be looked up.
    /// </summary>
    /// <param name="node">Joins.</param>
    /// <param name="lookUp">Gives the addresses of all seeds; null if they are always the same.</param>
    /// <param name="log">Hears of names that nobody knows.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task KeepAsync(
        RunningNode node, Func<IReadOnlyList<NodeAddress>>? lookUp, ILogger log, CancellationToken cancellation)
    {
        if (lookUp is null)
            return;
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                if (await IsAloneAsync(node, cancellation))
                    await UseAsync(node, lookUp, log);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private static async Task<bool> IsAloneAsync(RunningNode node, CancellationToken cancellation)
    {
        try
        {
            return (await node.Actors.Kademlia.Ask<Peers>(new GetPeers(1), Interval, cancellation)).Contacts.Count == 0;
        }
        catch (AskTimeoutException)
        {
            return false; // busy with many
        }
    }

    private static async Task UseAsync(RunningNode node, Func<IReadOnlyList<NodeAddress>> lookUp, ILogger log)
    {
        try
        {
            node.Actors.Membership.Tell(new UseSeeds(await Task.Run(lookUp)));
        }
        catch (CommandException e)
        {
            log.LogWarning("{What}; it is looked up again", e.Message);
        }
    }
}

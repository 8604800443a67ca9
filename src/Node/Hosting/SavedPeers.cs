using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>The nodes that this one knew, in a file: with them it finds the swarm again without seeds.</summary>
internal sealed class SavedPeers(string path)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    /// <summary>The addresses in the file; none if there is no readable file.</summary>
    public IReadOnlyList<NodeAddress> Read() =>
        File.Exists(path) && PeerList.TryRead(File.ReadAllBytes(path), out var contacts) ? [.. contacts.Select(c => c.Address)] : [];

    /// <summary>Writes the file every minute, and once more when cancelled; then it returns. A failed write is logged only.</summary>
    public async Task KeepAsync(RunningNode node, ILogger log, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        var stopped = false;
        while (!stopped)
        {
            stopped = await StoppedAsync(timer, cancellation);
            await TryWriteAsync(node, log);
        }
    }

    private static async Task<bool> StoppedAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return !await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    // A flood may keep Kademlia from answering, the disk may be full: neither is a reason to stop serving.
    private async Task TryWriteAsync(RunningNode node, ILogger log)
    {
        try
        {
            await WriteAsync(node);
        }
        catch (Exception e) when (e is AskTimeoutException or IOException or UnauthorizedAccessException)
        {
            log.LogWarning("the known nodes were not saved: {What}", e.Message);
        }
    }

    // A node that is alone keeps the older file: its peers may come back.
    private async Task WriteAsync(RunningNode node)
    {
        var peers = await node.Actors.Kademlia.Ask<Peers>(new GetPeers(), TimeSpan.FromSeconds(1));
        if (peers.Contacts.Count > 0)
            AtomicFile.Write(path, PeerList.ToBytes(peers.Contacts), Modes.Secret);
    }
}

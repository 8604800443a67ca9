using System.Security.Cryptography;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>
/// What a node knows of the swarm, in files: the nodes, so that it finds the swarm again without seeds, and the records
/// that it keeps for others, so that a treasure map outlives a restart of all its holders.
/// </summary>
internal sealed class SavedSwarm(DataFolder folder)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(1);

    private byte[] _savedRecords = [];

    /// <summary>The addresses in the file; none if there is no readable file.</summary>
    public IReadOnlyList<NodeAddress> ReadPeers() =>
        IsThere(folder.Peers) && PeerList.TryRead(File.ReadAllBytes(folder.Peers), out var contacts)
            ? [.. contacts.Select(c => c.Address)]
            : [];

    /// <summary>The records in the file; none if there is no readable file.</summary>
    public IReadOnlyList<HeldRecord> ReadRecords() =>
        IsThere(folder.Records) && RecordList.TryRead(File.ReadAllBytes(folder.Records), out var records)
            ? records
            : [];

    // A pipe that somebody put there under the running node would be read for ever.
    private static bool IsThere(string path) => Posix.StatusOf(path) is { IsFile: true };

    /// <summary>
    /// Writes the files every minute, and once more when cancelled; then it returns. A failed write is logged only.
    /// </summary>
    public async Task KeepAsync(RunningNode node, ILogger log, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        var stopped = false;
        while (!stopped)
        {
            stopped = await StoppedAsync(timer, cancellation);
            await TryWriteAsync("the known nodes were", WritePeersAsync, node, log);
            await TryWriteAsync("the records kept for others were", WriteRecordsAsync, node, log);
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
    private static async Task TryWriteAsync(string what, Func<RunningNode, Task> write, RunningNode node, ILogger log)
    {
        try
        {
            await write(node);
        }
        catch (Exception e) when (e is AskTimeoutException or IOException or UnauthorizedAccessException)
        {
            log.LogWarning("{What} not saved: {Why}", what, e.Message);
        }
    }

    /// <summary>
    /// Writes the nodes that are known now; one that is alone keeps the older file: its peers may come back.
    /// </summary>
    public async Task WritePeersAsync(RunningNode node)
    {
        var peers = await node.Actors.Kademlia.Ask<Peers>(new GetPeers(), AskLimit);
        if (peers.Contacts.Count > 0)
            AtomicFile.Write(folder.Peers, PeerList.ToBytes(peers.Contacts), Modes.Secret);
    }

    // Records seldom change: what is on the disk already is not written again.
    private async Task WriteRecordsAsync(RunningNode node)
    {
        var held = await node.Actors.Kademlia.Ask<HeldRecords>(new GetHeldRecords(), AskLimit);
        var bytes = RecordList.ToBytes(held.Records);
        var hash = SHA256.HashData(bytes);
        if (hash.AsSpan().SequenceEqual(_savedRecords))
            return;
        AtomicFile.Write(folder.Records, bytes, Modes.Secret);
        _savedRecords = hash;
    }
}

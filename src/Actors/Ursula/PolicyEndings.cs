using System.Net;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>
/// The policies out of memory whose time is over, until the journal says so: in order, a batch at a time. Who asks
/// about one of the batch meanwhile waits.
/// </summary>
/// <param name="batchSize">How many end at once.</param>
internal sealed class PolicyEndings(int batchSize)
{
    /// <summary>The most requests that wait for a batch.</summary>
    public const int MaxWaiting = 256;

    private readonly Queue<PolicyId> _over = new();
    private readonly Dictionary<PolicyId, PolicyEntry> _batch = [];
    private readonly List<WaitingRequest> _waiting = [];

    /// <summary>Whether a batch is being written, or waits to be tried again.</summary>
    public bool IsUnderWay => _batch.Count > 0;

    /// <summary>Whether more wait than the batch.</summary>
    public bool HasMore => _over.Count > 0;

    /// <summary>The policies that are being ended.</summary>
    public IReadOnlyCollection<PolicyEntry> Batch => _batch.Values;

    /// <summary>A policy's time is over.</summary>
    public void Add(PolicyEntry entry) => _over.Enqueue(entry.Id);

    /// <summary>
    /// Makes the next batch of those that still are over and out of memory; gives those back that are in memory.
    /// </summary>
    public IReadOnlyList<PolicyEntry> Begin(PolicyIndex index)
    {
        var awake = new List<PolicyEntry>();
        while (_batch.Count < batchSize && _over.TryDequeue(out var id))
        {
            if (index.Find(id) is not { } entry || entry.Reached == default)
                continue; // it went on meanwhile, or is forgotten
            if (entry.Actor is null)
                _batch.TryAdd(id, entry);
            else
                awake.Add(entry);
        }

        return awake;
    }

    /// <summary>Whether a policy is being ended: nobody may wake it now.</summary>
    public bool IsEnding(PolicyId policy) => _batch.ContainsKey(policy);

    /// <summary>Keeps a request about a policy of the batch; false if too many wait.</summary>
    public bool TryWait(WaitingRequest request)
    {
        if (_waiting.Count == MaxWaiting)
            return false;
        _waiting.Add(request);
        return true;
    }

    /// <summary>The batch is written, or given up; gives back who waited for it.</summary>
    public IReadOnlyList<WaitingRequest> End()
    {
        WaitingRequest[] waited = [.. _waiting];
        _waiting.Clear();
        _batch.Clear();
        return waited;
    }

    /// <summary>The batch could not be written: its policies come again, at the end.</summary>
    public IReadOnlyList<WaitingRequest> GiveUp()
    {
        foreach (var entry in _batch.Values)
            _over.Enqueue(entry.Id);
        return End();
    }

    /// <summary>One who waits.</summary>
    /// <param name="Request">What is asked.</param>
    /// <param name="Source">From where.</param>
    /// <param name="Facts">What was found out for it.</param>
    /// <param name="Asker">Who gets the answer.</param>
    internal readonly record struct WaitingRequest(
        UrsulaRequest Request, IPAddress? Source, KnownFacts? Facts, IActorRef Asker);
}

using System.Text;

namespace NuCypher.P2P.Dht;

/// <summary>What one node counts, and the lookups that it remembers.</summary>
/// <param name="remembered">How many lookups.</param>
internal sealed class DhtCounts(int remembered)
{
    private static readonly RpcMethod[] AllMethods = Enum.GetValues<RpcMethod>();
    private static readonly LookupKind[] AllKinds = Enum.GetValues<LookupKind>();

    private readonly (long Served, long Answered, long Silent)[] _methods =
        new (long, long, long)[AllMethods.Length];

    private readonly (long Ended, long Requests, long Hops)[] _lookups = new (long, long, long)[AllKinds.Length];
    private readonly Queue<LookupSummary> _recent = new();

    /// <summary>One for each kind of request.</summary>
    public IReadOnlyList<MethodCount> Methods =>
    [
        .. AllMethods.Select(method => new MethodCount(
            Encoding.ASCII.GetString(RpcRequest.NameOf(method)), _methods[(int)method].Served,
            _methods[(int)method].Answered, _methods[(int)method].Silent)),
    ];

    /// <summary>One for each kind of lookup.</summary>
    public IReadOnlyList<LookupCount> Lookups =>
    [
        .. AllKinds.Select(kind => new LookupCount(
            kind, _lookups[(int)kind].Ended, _lookups[(int)kind].Requests, _lookups[(int)kind].Hops)),
    ];

    /// <summary>The lookups that ended last, the latest first.</summary>
    public IReadOnlyList<LookupSummary> Recent => [.. _recent.Reverse()];

    /// <summary>A request of another is taken.</summary>
    public void Served(RpcMethod method) => _methods[(int)method].Served++;

    /// <summary>A request is answered.</summary>
    public void Answered(RpcMethod method) => _methods[(int)method].Answered++;

    /// <summary>A request is answered by nobody.</summary>
    public void Silent(RpcMethod method) => _methods[(int)method].Silent++;

    /// <summary>A lookup ended.</summary>
    public void Ended(LookupSummary lookup)
    {
        ref var counts = ref _lookups[(int)lookup.Kind];
        counts = (counts.Ended + 1, counts.Requests + lookup.Requests, counts.Hops + lookup.Hops);
        if (remembered == 0)
            return;
        if (_recent.Count >= remembered)
            _recent.Dequeue();
        _recent.Enqueue(lookup);
    }
}

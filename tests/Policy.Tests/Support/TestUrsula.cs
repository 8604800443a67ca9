using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Support;

/// <summary>An Ursula in memory with an event log instead of a journal.</summary>
internal sealed class TestUrsula(int seed, UrsulaOptions? options = null)
{
    private readonly UrsulaOptions _options = options ?? new UrsulaOptions();
    private readonly RandomSource _random = new SeededRandom(seed * 1000);

    public Identity Identity { get; } = Cast.Person(seed);

    public Dictionary<PolicyId, UrsulaPolicy> Policies { get; } = [];

    public List<(string Manifest, byte[] Bytes)> Log { get; } = [];

    /// <summary>Changes an answer on its way, or swallows it by giving null.</summary>
    public Func<ServiceKind, ServiceStatus, byte[], (ServiceStatus Status, byte[] Body)?>? Tamper { get; set; }

    public (ServiceStatus Status, byte[] Body)? Serve(
        ServiceKind operation, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (!UrsulaRequest.TryRead(operation, body.Span, out var request, out _))
            return (ServiceStatus.Malformed, []);
        var decision = PolicyOf(request.Policy).Decide(
            request, new UrsulaLoad(Policies.Count - 1, Policies.Count - 1), Time.At(now), _random);
        foreach (var policyEvent in decision.Events)
            Persist(request.Policy, policyEvent);
        var status = decision.IsAccepted ? ServiceStatus.Ok : ServiceStatus.Refused;
        return Tamper is null
            ? (status, decision.Reply.ToArray())
            : Tamper(operation, status, decision.Reply.ToArray());
    }

    public UrsulaPolicy PolicyOf(PolicyId id)
    {
        if (!Policies.TryGetValue(id, out var policy))
            Policies.Add(id, policy = new UrsulaPolicy(id, Identity.Proxy, _options));
        return policy;
    }

    private void Persist(PolicyId id, PolicyEvent policyEvent)
    {
        if (policyEvent.EndsHistory)
            Log.Clear();
        Log.Add((policyEvent.Manifest, policyEvent.ToBytes()));
        Assert.True(PolicyEvents.TryRead(policyEvent.Manifest, policyEvent.ToBytes(), out var read));
        PolicyOf(id).Apply(read);
    }
}

using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A swarm in this process for the tests of applications: grant, re-encrypt, revoke, in virtual time and without
/// sockets.
/// </summary>
/// <remarks>
/// The Ursulas are those of production; only network, disks and clocks are simulated. Everything comes from the seed,
/// keys too: for tests only. One thread at a time. Calls block, but take no time outside that the work itself does not
/// need.
/// </remarks>
public sealed class MockNetwork
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly RunContext _run;
    private readonly Dictionary<PolicyId, MockPolicy> _policies = [];

    /// <summary>Starts a swarm, and lets it find itself.</summary>
    /// <param name="ursulas">How many Ursulas serve in it.</param>
    /// <param name="seed">Decides everything random.</param>
    public MockNetwork(int ursulas = 20, ulong seed = 1)
    {
        var scenario = new Scenario
        {
            Name = "mock",
            Nodes = ursulas,
            Clients = 2,
            Duration = TimeSpan.FromDays(365),
            LookupsPerMinute = 0,
            Policies = new PolicyLoad { Count = 0 },
            Network = NetworkConditions.Calm,
        };
        var simulation = new Simulation(scenario, seed);
        simulation.RunUntilLoad();
        _run = simulation.Context;
    }

    /// <summary>The time in the swarm.</summary>
    public DateTimeOffset Now => _run.World.Time.GetUtcNow();

    /// <summary>
    /// Who grants here: encrypt with <see cref="Identity.PolicyKey"/> of a label, and verify with
    /// <see cref="Identity.VerifyingKey"/>.
    /// </summary>
    public Identity Alice => _run.Clients[0].Identity;

    /// <summary>Who reads here: opens what was re-encrypted with his <see cref="Identity.DecryptingKey"/>.</summary>
    public Identity Bob => _run.Clients[1].Identity;

    /// <summary>Lets time pass, so that policies end.</summary>
    public void Advance(TimeSpan time) => _run.World.RunFor(time);

    /// <summary>Gives kfrags of a label to Ursulas.</summary>
    /// <param name="label">What Alice shares.</param>
    /// <param name="threshold">How many Ursulas Bob will need.</param>
    /// <param name="shares">How many Ursulas get a kfrag.</param>
    /// <param name="duration">How long Bob may read.</param>
    /// <returns>The policy's id.</returns>
    /// <exception cref="InvalidOperationException">It was not granted; the message says why.</exception>
    public PolicyId Grant(string label, int threshold, int shares, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, shares);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shares, SharePlan.MaxShares);
        var name = PolicyLabel.Parse(label);
        var terms = new GrantTerms(name, Bob.BobCard, threshold, shares, new Validity(Now, Now + duration));
        var answer = Ask(
            _run.Clients[0].Actors!.Alice, new MakeGrant(terms), typeof(GrantPublished), typeof(GrantNotMade));
        if (answer is not GrantPublished published)
            throw new InvalidOperationException($"\"{label}\" was not granted: {answer}");
        var id = PolicyId.Of(Alice.VerifyingKey, published.Grant.Hrac);
        _policies[id] = new MockPolicy(name, published.Grant.Hrac, threshold, shares);
        return id;
    }

    /// <summary>Has a capsule re-encrypted by Ursulas of a policy.</summary>
    /// <param name="policy">Which policy.</param>
    /// <param name="capsule">Encrypted with the policy's key.</param>
    /// <param name="count">How many cfrags to give back; the policy's threshold or less.</param>
    /// <returns>Verified cfrags.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than the policy has shares, or than its threshold
    /// brings.</exception>
    /// <exception cref="InvalidOperationException">The Ursulas refused; the message says why.</exception>
    public IReadOnlyList<VerifiedCapsuleFrag> Reencrypt(PolicyId policy, Capsule capsule, int count)
    {
        var known = Find(policy);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, known.Shares);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, known.Threshold);
        var retrieve = new Retrieve(Alice.VerifyingKey, known.Label, [capsule]);
        var answer = Ask(
            _run.Clients[1].Actors!.Bob, retrieve, typeof(Retrieved), typeof(NotRetrieved), typeof(MapNotFetched));
        return answer is Retrieved retrieved
            ? [.. retrieved.CapsuleFrags[0].Take(count)]
            : throw new InvalidOperationException($"\"{known.Label}\" was not re-encrypted: {Reason(answer)}");
    }

    /// <summary>Ends a policy now.</summary>
    /// <exception cref="InvalidOperationException">Too few Ursulas confirmed it.</exception>
    public void Revoke(PolicyId policy)
    {
        var known = Find(policy);
        var answer = Ask(
            _run.Clients[0].Actors!.Alice, new RevokeGrant(known.Hrac), typeof(GrantRevocation), typeof(OrderNotDone));
        if (answer is not GrantRevocation { Grant.IsRevoked: true })
            throw new InvalidOperationException($"\"{known.Label}\" was not revoked: {answer}");
    }

    private MockPolicy Find(PolicyId policy) => _policies.TryGetValue(policy, out var known)
        ? known
        : throw new ArgumentException("There is no such policy.", nameof(policy));

    private object? Ask(IActorRef target, object message, params Type[] expected) =>
        _run.World.Loop.RunUntil(_run.Inquirer.Ask(target, message, Limit, expected), Limit + Limit);

    private static string Reason(object? answer) => answer switch
    {
        NotRetrieved failed => $"{failed.Failed.Failure}, {failed.Failed.Refusal}",
        MapNotFetched none => $"no treasure map, {none.Reason}",
        _ => "nobody answered",
    };

    private sealed record MockPolicy(PolicyLabel Label, Hrac Hrac, int Threshold, int Shares);
}

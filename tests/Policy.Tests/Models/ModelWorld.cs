using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Models;

/// <summary>
/// Alice's durable books, the durable events of a few Ursulas, and one piece of her work between them.
/// </summary>
internal sealed class ModelWorld
{
    public const int Threshold = 2;

    private static readonly Identity[] People = [Cast.Person(700), Cast.Person(701)];
    private static readonly GrantOptions Options = new()
    {
        Spares = 0,
        MaxFruitlessSearches = 1,
        RetryDelay = TimeSpan.FromHours(1),
    };

    private readonly List<GrantEvent> _books;
    private readonly IReadOnlyList<PolicyEvent>[] _policies;

    public ModelWorld()
    {
        (_books, _policies) = ([], [.. People.Select(_ => (IReadOnlyList<PolicyEvent>)[])]);
    }

    private ModelWorld(ModelWorld other)
    {
        (_books, _policies, Now) = ([.. other._books], [.. other._policies], other.Now);
    }

    public DateTimeOffset Now { get; set; } = Cast.Now;

    public Grants Grants
    {
        get
        {
            var grants = new Grants();
            _books.ForEach(grants.Apply);
            return grants;
        }
    }

    public Grant? Grant => Grants.Find(Cast.Hrac);

    /// <summary>Who would serve Bob now.</summary>
    public IReadOnlyList<NodeId> Serving =>
        [.. People.Where((_, index) => Policy(index).Validity?.Contains(Now) == true).Select(person => person.Id)];

    /// <summary>
    /// How many would serve Bob kfrags of one grant now: those of different grants are of no use together.
    /// </summary>
    public int MostOfOneGrant => People.Select((_, index) => Policy(index))
        .Where(policy => policy.Validity?.Contains(Now) == true)
        .GroupBy(policy => policy.KeyFragVersion).Select(grant => grant.Count()).DefaultIfEmpty().Max();

    /// <summary>Equal for worlds that nothing can tell apart later.</summary>
    public string Key =>
        string.Join(' ', Grants.All.Select(g => Convert.ToHexString(new GrantMade(g).ToBytes()))
            .Concat(People.Select((_, index) => Policy(index).StateHash().ToString())));

    /// <summary>Grants, in the ways that are chosen; null if Alice's books refuse.</summary>
    public ModelWorld? Make(Choices choices, TimeSpan clockError = default)
    {
        var after = new ModelWorld(this);
        if (!Grants.DecideStart(Cast.Hrac, Now + clockError).IsAccepted)
            return null;
        using var session = new GrantSession(
            new(
                Cast.Label, Cast.Bob.BobCard, Threshold, People.Length,
                new(Cast.Now, Cast.Now.AddHours(1))), Grant, Cast.Alice,
            Options, Now + clockError, new Same());
        after.Run(
            choices, session.Start(), session.Answer, (_, _) => [], session.Remembered, session.Wake,
            now => session.AddCandidates(People.Select(Cast.Target), now), clockError, orders: 2);
        return after;
    }

    /// <summary>Renews or revokes, in the ways that are chosen; null if Alice's books refuse.</summary>
    public ModelWorld? Order(Choices choices, Validity? validity, TimeSpan clockError = default)
    {
        if (Grant is not { } grant)
            return null;
        var after = new ModelWorld(this);
        var session = validity is { } renewed
            ? OrderSession.Renew(grant, renewed, Cast.Alice, Options, Now + clockError, new Same())
            : OrderSession.Revoke(grant, Cast.Alice, Options, Now + clockError, new Same());
        var decision = validity is { } time
            ? Grants.DecideRenewal(Cast.Hrac, time, session.Version, Now + clockError)
            : Grants.DecideRevocation(Cast.Hrac, session.Version);
        if (!decision.IsAccepted)
            return null;
        after._books.AddRange(decision.Events);
        after.Run(
            choices, session.Start(), session.Answer,
            (id, now) =>
                session.Found(id, Cast.Target(People.Single(p => p.Id == id)), now), _ => [], session.Wake, _ => [],
            clockError, orders: 1);
        return after;
    }

    private UrsulaPolicy Policy(int index)
    {
        var policy = new UrsulaPolicy(Cast.PolicyId, People[index].Proxy, new UrsulaOptions());
        foreach (var policyEvent in _policies[index])
            policy.Apply(policyEvent);
        return policy;
    }

    // First in first out, or last in first out. Each step: what is next comes well, or with its request or its answer
    // lost; or Alice's process dies.
    private void Run(
        Choices choices, IReadOnlyList<SessionEffect> first,
        Func<long, ServiceStatus, ReadOnlyMemory<byte>, DateTimeOffset, IReadOnlyList<SessionEffect>> answer,
        Func<NodeId, DateTimeOffset, IReadOnlyList<SessionEffect>> found,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>> remembered,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>> wake,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>> candidates, TimeSpan clockError, int orders)
    {
        var (now, pending, ended) = (Now + clockError, new List<SessionEffect>(), false);
        var isBackwards = choices.Choose(orders) == 1;
        Take(first);
        while (!ended)
        {
            if (pending.Count == 0)
            {
                Take(wake(now.AddDays(1)));
                continue;
            }

            var next = isBackwards ? pending[^1] : pending[0];
            pending.Remove(next);
            var fate = choices.Choose(next is CallUrsula ? 4 : 2);
            if (fate == (next is CallUrsula ? 3 : 1))
                return;
            Take(next is CallUrsula call ? Call(call, fate) : remembered(now));
        }

        IReadOnlyList<SessionEffect> Call(CallUrsula call, int fate)
        {
            var reply = fate == 1 ? (ServiceStatus.TimedOut, default) : Serve(call);
            return fate == 0
                ? answer(call.CallId, reply.Item1, reply.Item2, now)
                : answer(call.CallId, ServiceStatus.TimedOut, default, now);
        }

        void Take(IReadOnlyList<SessionEffect> effects)
        {
            foreach (var effect in effects)
            {
                var grants = Grants;
                _books.AddRange(effect switch
                {
                    DepositsPlanned planned => grants.DecideBegun(planned).Events,
                    GrantFinished finished => grants.DecideMade(finished).Events,
                    GrantFailed failed => grants.DecideFailed(failed).Events,
                    OrderReceived received => grants.DecideReceipt(Cast.Hrac, received.Receipt).Events,
                    OrderFinished { Validity: not null } order =>
                        grants.DecideRenewed(Cast.Hrac, order, Cast.Alice.Signer, new Same()).Events,
                    _ => [],
                });
                ended |= effect is GrantFinished or GrantFailed or OrderFinished;
                Assert.False(effect is Progress { Outcome.Kind: UrsulaOutcomeKind.BadAnswer });
                if (effect is CallUrsula or DepositsPlanned)
                    pending.Add(effect);
                if (effect is FindUrsula find)
                    Take(found(find.Ursula, now));
                if (effect is FindCandidates)
                    Take(candidates(now));
            }
        }
    }

    private (ServiceStatus, ReadOnlyMemory<byte>) Serve(CallUrsula call)
    {
        var index = Array.FindIndex(People, person => person.Id == call.Target.Id);
        Assert.True(UrsulaRequest.TryRead(call.Kind, call.Body.Span, out var request, out _));
        using var policy = Policy(index);
        var decision = policy.Decide(request, default, Time.At(Now), new Same());
        foreach (var policyEvent in decision.Events)
        {
            _policies[index] = policy.EndsHistory(policyEvent) ? [policyEvent] : [.. _policies[index], policyEvent];
            policy.Apply(policyEvent);
        }

        return (decision.IsAccepted ? ServiceStatus.Ok : ServiceStatus.Refused, decision.Reply);
    }

    /// <summary>
    /// The same bytes whatever was drawn before, so that worlds that differ in their past only are equal.
    /// </summary>
    private sealed class Same : RandomSource
    {
        private byte _next;

        public override void Fill(Span<byte> destination)
        {
            destination.Fill(7);
            destination[0] = _next++;
        }
    }
}

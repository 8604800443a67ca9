using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Bob;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Policy.Tests.Support;

/// <summary>Carries out the effects of sessions in virtual time against Ursulas in memory.</summary>
internal sealed class VirtualNetwork
{
    private readonly PriorityQueue<Func<DateTimeOffset, IReadOnlyList<SessionEffect>>, (DateTimeOffset, long)> _events =
        new();
    private long _order;

    public VirtualNetwork(int ursulas, int firstSeed = 100)
    {
        Ursulas = [.. Enumerable.Range(firstSeed, ursulas).Select(seed => new TestUrsula(seed))];
    }

    public TestUrsula[] Ursulas { get; }

    public DateTimeOffset Now { get; set; } = Cast.Now;

    /// <summary>When the last session ended.</summary>
    public DateTimeOffset FinishedAt { get; private set; }

    /// <summary>Ursulas whose node records can't be found.</summary>
    public HashSet<NodeId> Lost { get; } = [];

    /// <summary>What Alice's books know of the last grant, before its kfrags leave.</summary>
    public Grant? Planned { get; private set; }

    /// <summary>Where candidates say that they are.</summary>
    public Func<int, ServiceTarget, ServiceTarget> TargetOf { get; set; } = (_, target) => target;

    /// <summary>Whether nothing is ever said to be durable.</summary>
    public bool CrashBeforeDeposit { get; set; }

    /// <summary>How long an Ursula takes to answer; 10 ms if nothing is said.</summary>
    public Dictionary<NodeId, TimeSpan> Delays { get; } = [];

    public List<CallUrsula> Calls { get; } = [];

    public TestUrsula Of(NodeId id) => Array.Find(Ursulas, u => u.Identity.Id == id)!;

    public SessionEffect Run(GrantSession session) => Run(
        session.Start(),
        (id, status, body, now) => session.Answer(id, status, body, now),
        session.Wake,
        (_, _) => [],
        now => session.AddCandidates(Ursulas.Select((u, index) => TargetOf(index, Cast.Target(u.Identity))), now),
        remembered: session.Remembered);

    public SessionEffect Run(OrderSession session, List<OrderReceipt>? receipts = null) => Run(
        session.Start(),
        (id, status, body, now) => session.Answer(id, status, body, now),
        session.Wake,
        (id, now) => session.Found(id, Find(id), now),
        _ => [],
        effect => receipts?.AddRange(effect is OrderReceived received ? [received.Receipt] : []));

    public SessionEffect Run(Retrieval session) => Run(
        session.Start(Now),
        (id, status, body, now) => session.Answer(id, status, body, now),
        session.Wake,
        (id, now) => session.Found(id, Find(id), now),
        _ => []);

    private ServiceTarget? Find(NodeId id) => Lost.Contains(id) ? null : Cast.Target(Of(id).Identity);

    private SessionEffect Run(
        IReadOnlyList<SessionEffect> first,
        Func<long, ServiceStatus, ReadOnlyMemory<byte>, DateTimeOffset, IReadOnlyList<SessionEffect>> answer,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>> wake,
        Func<NodeId, DateTimeOffset, IReadOnlyList<SessionEffect>> found,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>> candidates,
        Action<SessionEffect>? see = null,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>>? remembered = null)
    {
        SessionEffect? end = null;
        Queue<SessionEffect> effects = new(first);
        while (true)
        {
            while (effects.TryDequeue(out var effect))
            {
                see?.Invoke(effect);
                if (effect is DepositsPlanned plan)
                {
                    Planned = plan.Grant;
                    At(Now, now => CrashBeforeDeposit ? [] : remembered!(now));
                }

                if (effect is GrantFinished or GrantFailed or OrderFinished or RetrievalFinished or RetrievalFailed)
                {
                    Assert.Null(end);
                    (end, FinishedAt) = (effect, Now);
                }

                CarryOut(effect, answer, wake, found, candidates);
            }

            if (end is not null && !_events.TryPeek(out _, out _))
                return end;
            Assert.True(_events.TryDequeue(out var next, out var at), "nothing left to happen, and not finished");
            Now = at.Item1 > Now ? at.Item1 : Now;
            foreach (var effect in next(Now))
                effects.Enqueue(effect);
            if (end is not null)
                Assert.DoesNotContain(effects, e => e is CallUrsula);
        }
    }

    private void CarryOut(
        SessionEffect effect,
        Func<long, ServiceStatus, ReadOnlyMemory<byte>, DateTimeOffset, IReadOnlyList<SessionEffect>> answer,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>> wake,
        Func<NodeId, DateTimeOffset, IReadOnlyList<SessionEffect>> found,
        Func<DateTimeOffset, IReadOnlyList<SessionEffect>> candidates)
    {
        if (effect is WakeAt at)
            At(at.Time, wake);
        else if (effect is FindUrsula find)
            At(Now.AddMilliseconds(5), now => found(find.Ursula, now));
        else if (effect is FindCandidates)
            At(Now.AddMilliseconds(5), candidates);
        else if (effect is CallUrsula call)
            Call(call, answer);
    }

    private void Call(
        CallUrsula call, Func<long, ServiceStatus, ReadOnlyMemory<byte>, DateTimeOffset,
        IReadOnlyList<SessionEffect>> answer)
    {
        Calls.Add(call);
        if (call.Kind == ServiceKind.DepositKeyFrag)
            Assert.Contains(Planned!.Holders, holder => holder.Ursula == call.Target.Id);
        var delay = Delays.GetValueOrDefault(call.Target.Id, TimeSpan.FromMilliseconds(10));
        var reply = Of(call.Target.Id).Serve(call.Kind, call.Body, Now);
        if (reply is null || delay >= call.TimeLimit)
            At(Now + call.TimeLimit, now => answer(call.CallId, ServiceStatus.TimedOut, default, now));
        else
            At(Now + delay, now => answer(call.CallId, reply.Value.Status, reply.Value.Body, now));
    }

    private void At(DateTimeOffset time, Func<DateTimeOffset, IReadOnlyList<SessionEffect>> input) =>
        _events.Enqueue(input, (time, _order++));
}

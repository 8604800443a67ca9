using System.Net;
using NuCypher.P2P.Actors.Facts;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Actors.Mailboxes;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Ursula;

/// <summary>
/// The front door's only addressee: reads requests, finds the policy that each is about, wakes policies in time.
/// </summary>
/// <remarks>
/// A policy is in memory only while it is asked about; the index, a few bytes a policy, knows when each must be woken.
/// It is built from the journal's catalog at the start, without waking anybody but those with something to do. A
/// request about a policy that does not exist is refused without waking anything up.
/// </remarks>
public sealed class UrsulaActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(1);

    private readonly ProxyKeys _keys;
    private readonly UrsulaOptions _limits;
    private readonly UrsulaActorOptions _options;
    private readonly RandomSource _random;
    private readonly IActorRef _presence;
    private readonly IActorRef _facts;
    private readonly TimeSpan _servingSince;
    private readonly PolicyIndex _index = new();
    private ClockGuard _clock;
    private readonly Dictionary<IActorRef, PolicyEntry> _active = [];
    private Queue<IActorRef> _byAge = [];
    private readonly IJournalCatalog _catalog;
    private readonly bool _isCopy;
    private readonly PolicyHistories _histories;
    private readonly PolicyEndings _endings;
    private readonly IdentityBudgets _budgets;
    private string? _lastRead;
    private bool _isRecovered;
    private int _leaving;
    private long _incarnations;
    private long _reencryptions;

    /// <summary>Starts by reading the journal.</summary>
    /// <param name="keys">Hers; not disposed here.</param>
    /// <param name="limits">What she promises.</param>
    /// <param name="options">How she keeps policies in memory.</param>
    /// <param name="random">For signatures, seals and proofs.</param>
    /// <param name="presence">Answers requests for the node's record.</param>
    /// <param name="catalog">What the journal holds of her.</param>
    /// <param name="facts">Takes <see cref="GatherFacts"/>; never asked while no host may be.</param>
    /// <param name="isCopy">Whether the journal is a copy of an older state: she serves nothing of it until its Alice
    /// gives an order.</param>
    public UrsulaActor(
        ProxyKeys keys, UrsulaOptions limits, UrsulaActorOptions options, RandomSource random, IActorRef presence,
        IJournalCatalog catalog, IActorRef facts, bool isCopy = false)
    {
        (_catalog, _isCopy, _facts) = (catalog, isCopy, facts);
        (_keys, _limits, _options, _random, _presence) = (keys, limits, options, random, presence);
        (_servingSince, _clock) = (Moment.Monotonic, ClockGuard.Start(Moment, limits.Clock));
        (_histories, _endings) = (new PolicyHistories(keys, limits), new PolicyEndings(options.EndBatch));
        _budgets = new IdentityBudgets(limits);
        Receive<ServiceRequest>(Serve);
        Receive<ServeRead>(read => Serve(read.Request, read.Source));
        Receive<PolicyAsks>(asks => _facts.Tell(new GatherFacts(asks.Questions, asks.Request, asks.Asker)));
        Receive<ServeWithFacts>(again => Serve(again.Request, null, again.Facts));
        Receive<PolicyState>(Note);
        Receive<AskerVerified>(verified => _budgets.Charge(verified.Identity, Steady));
        Receive<PolicyIdle>(LetGo);
        Receive<WakeUp>(_ => WakeDue());
        Receive<ServeWaiting>(again => Serve(again.Request, again.Source, again.Facts));
        Receive<EndOn>(_ => EndNext());
        Receive<EndingRead>(WriteEnding);
        Receive<EndingWritten>(NoteEnding);
        Receive<HistoriesRead>(ReadBack);
        Receive<Status.Failure>(failure => ReadLater(failure.Cause));
        Receive<ReadOn>(_ => ReadNext());
        Receive<Forgotten>(NoteForgotten);
        Receive<PolicyStopping>(_ => Lost(Sender));
        Receive<Terminated>(t => Lost(t.ActorRef));
        Receive<GetUrsulaState>(_ => Sender.Tell(State));
    }

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!; // set by the runtime before PreStart

    private static DateTimeOffset Now => Context.System.Scheduler.Now;

    private static Moment Moment => new(Now, Context.System.Scheduler.MonotonicClock);

    // Nobody sets it.
    private static DateTimeOffset Steady =>
        DateTimeOffset.UnixEpoch + Context.System.Scheduler.MonotonicClock;

    // What ends is deleted by the earlier of two times while the clock is in doubt.
    private Moment Sure => new(ReadClock().Passed, Context.System.Scheduler.MonotonicClock);

    private UrsulaState State => new(
        _index.Count(PolicyStage.Held), _index.Count(PolicyStage.Arranged),
        _index.Count(PolicyStage.Revoked) + _index.Count(PolicyStage.Expired), _active.Count, _isRecovered,
        _reencryptions, ClockDoubt);

    private TimeSpan ClockDoubt => ReadClock() is var reading ? reading.Latest - reading.Earliest : default;

    /// <inheritdoc/>
    protected override void PreStart() => ReadNext();

    private void Serve(ServiceRequest request)
    {
        if (request.Kind is ServiceKind.Information or ServiceKind.Reach or ServiceKind.Guests)
            _presence.Forward(request);
        else if (UrsulaRequest.TryRead(request.Kind, request.Body.Span, out var read, out _))
            Serve(read, request.Source);
        else
            Sender.Tell(new ServiceReply(ServiceStatus.Malformed, default));
    }

    private void Serve(UrsulaRequest request, IPAddress? source, KnownFacts? facts = null)
    {
        var known = _index.Find(request.Policy);
        var claimed = ClaimedBy(request, known);
        if (facts is null && claimed is { } identity && !_budgets.MayAsk(identity, Steady))
            Sender.Tell(new ServiceReply(ServiceStatus.RateLimited, default));
        else if (_endings.IsEnding(request.Policy))
            Wait(request, source, facts);
        else if (known is { IsInDoubt: true } && request.Kind == ServiceKind.Reencrypt)
            Introduce(request, source, claimed); // as if she held nothing
        else if (known is { } entry)
            Forward(entry, request, claimed, facts);
        else if (!_isRecovered)
            Sender.Tell(new ServiceReply(ServiceStatus.Busy, default));
        else
            Introduce(request, source, claimed);
    }

    // Who asks, if it is true what the request says; the policy says whether it is.
    private Digest? ClaimedBy(UrsulaRequest request, PolicyEntry? known) =>
        request.Alice is { } alice ? _keys.TagOf(alice) : known?.Reader;

    // A policy that is not known: the pure core says what a stranger is told; only what makes a policy wakes an actor.
    private void Introduce(UrsulaRequest request, IPAddress? address, Digest? claimed)
    {
        var source = address is null ? null : SourceAddress.Of(address);
        using var stranger = new UrsulaPolicy(request.Policy, _keys, _limits);
        var decision = stranger.Decide(request, LoadWithout(null, request, source), ReadClock(), _random);
        if (decision.Events.Count > 0)
        {
            Forward(_index.GetOrAdd(request.Policy, source), request, claimed);
            return;
        }

        if (claimed is { } identity && decision.IsVerified)
            _budgets.Charge(identity, Steady);
        Sender.Tell(new ServiceReply(decision.IsAccepted ? ServiceStatus.Ok : ServiceStatus.Refused, decision.Reply));
    }

    private void Forward(PolicyEntry entry, UrsulaRequest request, Digest? claimed, KnownFacts? facts = null)
    {
        if (facts is null)
            Count(request.Kind);
        var policy = Activate(entry);
        var load = LoadWithout(entry, request, entry.Source);
        policy.Tell(new AskPolicy(request, load, ReadClockOf(entry), ++entry.Asked, claimed, facts), Sender);
    }

    private UrsulaLoad LoadWithout(PolicyEntry? entry, UrsulaRequest request, IPAddress? source)
    {
        if (request.Kind != ServiceKind.ProposeArrangement || request.Alice is null)
            return default;
        var owner = _keys.TagOf(request.Alice);
        return new UrsulaLoad(
            _index.Occupied - (entry is null ? 0 : 1), _index.OccupiedBy(owner) - (entry?.Owner == owner ? 1 : 0),
            _index.OccupiedFrom(source) - (entry?.Source is null ? 0 : 1));
    }

    // One moment for the time and for how long the policy has remembered nonces: reading it back takes a while.
    private ClockReading ReadClockOf(PolicyEntry entry)
    {
        var reading = ReadClock();
        return reading with { Uptime = Context.System.Scheduler.MonotonicClock - SinceOf(entry) };
    }

    private TimeSpan SinceOf(PolicyEntry entry) =>
        entry.ServingSince > _servingSince ? entry.ServingSince : _servingSince;

    private ClockReading ReadClock()
    {
        var moment = Moment;
        _clock = _clock.Note(moment);
        return _clock.Read(moment);
    }

    private void Count(ServiceKind operation)
    {
        if (operation == ServiceKind.Reencrypt)
            _reencryptions++;
    }

    private IActorRef Activate(PolicyEntry entry)
    {
        if (entry.Actor is { } active)
            return active;
        MakeRoom();
        var (id, keys, limits, options, random) = (entry.Id, _keys, _limits, _options, _random);
        var since = SinceOf(entry);
        var props = ActorProps.Of(
            () => new PolicyActor(id, keys, limits, options, random, since)).WithMailbox(MailboxNames.Policy);
        entry.Actor = Context.Watch(Context.ActorOf(props, $"policy-{entry.Id}-{++_incarnations}"));
        _active.Add(entry.Actor, entry);
        _byAge.Enqueue(entry.Actor);
        return entry.Actor;
    }

    // Nobody is refused because memory is full: who has been in it longest leaves, and is read back when it is asked
    // for.
    private void MakeRoom()
    {
        if (_byAge.Count > 64 + (2 * _active.Count))
            _byAge = new(_byAge.Where(_active.ContainsKey)); // those that left by themselves
        var leaving = _active.Count - _options.MaxActivePolicies + 1;
        while (leaving > _leaving && _byAge.TryDequeue(out var oldest))
        {
            if (!_active.TryGetValue(oldest, out var entry) || entry.IsLeaving)
                continue;
            (entry.IsLeaving, entry.ServingSince) = (true, Moment.Monotonic);
            _leaving++;
            oldest.Tell(new LeaveMemory(++entry.Asked));
        }
    }

    private void Note(PolicyState state)
    {
        _index.Update(state, Sure);
        if (state.IsConfirmed && _index.Find(state.Policy) is { } entry)
            entry.IsInDoubt = false;
        ScheduleWake();
    }

    private void LetGo(PolicyIdle idle)
    {
        if (_index.Find(idle.Policy) is not { Actor: { } actor } entry || !actor.Equals(Sender))
            return;
        if (entry.Asked == idle.Asked)
            Release(entry, idle.IsForgotten);
        else if (entry.IsLeaving)
            actor.Tell(new LeaveMemory(++entry.Asked));
        else
            // some may never have reached it: this one tells it the number
            actor.Tell(new EndPolicy(++entry.Asked, default));
    }

    // It has nothing in its mailbox: everything that was sent was seen. A later request starts the next incarnation.
    private void Release(PolicyEntry entry, bool isForgotten)
    {
        var actor = entry.Actor!; // the caller checked it
        _active.Remove(actor);
        Leave(entry);
        actor.Tell(PoisonPill.Instance);
        if (isForgotten || entry.Stage == PolicyStage.Unknown)
            _index.Remove(entry);
        if (isForgotten)
            Forget(entry.Id);
    }

    private void Leave(PolicyEntry entry)
    {
        _leaving -= entry.IsLeaving ? 1 : 0;
        entry.Leave();
    }

    // Stopped by itself: a write failed. Its end must not be missed, so it is woken again.
    private void Lost(IActorRef actor)
    {
        if (!_active.Remove(actor, out var entry))
            return;
        Leave(entry);
        Context.GetLogger().Warning("Policy {0} stopped; it is read back from the journal.", entry.Id);
        RetryLater(entry);
        ScheduleWake();
    }

    // If it fails, an empty row stays behind, and the policy is found and forgotten at the next start.
    private void Forget(PolicyId policy)
    {
        var self = Self;
        _catalog.ForgetAsync(PolicyActor.PersistenceIdOf(_keys.Id, policy))
            .PipeTo(self, self, static () => new Forgotten(null), static cause => new Forgotten(cause));
    }

    private static void NoteForgotten(Forgotten forgotten)
    {
        if (forgotten.Failure is { } cause)
            Context.GetLogger().Warning("A policy that is over left an empty row in the journal: {0}", cause.Message);
    }

    private void WakeDue()
    {
        if (ReadClock().MayDelete)
            _index.Settle(Sure);
        var due = _index.TakeDue(Sure);
        foreach (var entry in due.Where(IsAwakeOrUndecided)) // who is asked about is told first
            Wake(entry);
        foreach (var entry in due.Where(entry => !IsAwakeOrUndecided(entry)))
            _endings.Add(entry);
        EndNext();
        ScheduleWake();
    }

    private static bool IsAwakeOrUndecided(PolicyEntry entry) =>
        entry.Actor is not null || entry.Reached == default;

    // One batch at a time, then a pause as long as it took: what ends makes nobody wait who is served.
    private void EndNext()
    {
        if (_endings.IsUnderWay || Timers.IsTimerActive("end-on"))
            return;
        foreach (var awake in _endings.Begin(_index))
            Wake(awake);
        if (!_endings.IsUnderWay)
            return;
        string[] ids = [.. _endings.Batch.Select(entry => PolicyActor.PersistenceIdOf(_keys.Id, entry.Id))];
        var (self, began) = (Self, Moment.Monotonic);
        _catalog.ReadAsync(ids).PipeTo(
            self, self, histories => new EndingRead(histories, began), static cause => new EndingWritten([], cause));
    }

    private void WriteEnding(EndingRead read)
    {
        var (ends, states) = (new List<HistoryEnd>(), new List<PolicyState>());
        foreach (var history in read.Histories)
        {
            if (PolicyActor.TryReadId(history.PersistenceId, out var id) && _index.Find(id) is { } entry
                && _histories.TryEnd(id, history, entry.Reached, _random, out var end, out var state))
            {
                ends.Add(end);
                states.Add(state);
            }
        }

        var self = Self;
        _catalog.EndAsync(ends).PipeTo(
            self, self, () => new EndingWritten(states, null, read.Began), cause => new EndingWritten([], cause));
    }

    private void NoteEnding(EndingWritten written)
    {
        if (written.Failure is { } cause)
            Context.GetLogger().Warning(
                "{0} policies that are over could not be ended; it is tried again: {1}", _endings.Batch.Count,
                cause.GetBaseException().Message);
        foreach (var state in written.States)
            End(state);
        HashSet<PolicyId> ended = [.. written.States.Select(state => state.Policy)];
        PolicyEntry[] others = [.. _endings.Batch.Where(entry => !ended.Contains(entry.Id))];
        var waited = written.Failure is null ? _endings.End() : _endings.GiveUp();
        if (written.Failure is null)
            Array.ForEach(others, Wake); // its actor says what is wrong with it, or what goes on
        foreach (var (request, source, facts, asker) in waited)
            Self.Tell(new ServeWaiting(request, source, facts), asker);
        var pause = written.Failure is null ? Moment.Monotonic - written.Began : _options.RetryDelay;
        if (_endings.HasMore)
            Timers.StartSingleTimer("end-on", new EndOn(), pause > MinPause ? pause : MinPause);
        ScheduleWake();
    }

    private void End(PolicyState state)
    {
        if (_index.Find(state.Policy) is not { } entry)
            return;
        if (state.Stage == PolicyStage.Unknown)
            _index.Remove(entry);
        else
            _index.Update(state, Sure);
    }

    private void Wait(UrsulaRequest request, IPAddress? source, KnownFacts? facts)
    {
        if (!_endings.TryWait(new(request, source, facts, Sender)))
            Sender.Tell(new ServiceReply(ServiceStatus.Busy, default));
    }

    // Woken again until it says that it has ended: its mailbox may be full, and its deletion may fail.
    private void Wake(PolicyEntry entry)
    {
        if (entry.Reached > default(DateTimeOffset))
            RetryLater(entry);
        Activate(entry).Tell(new EndPolicy(++entry.Asked, entry.Reached));
    }

    private void RetryLater(PolicyEntry entry) => _index.Retry(entry, Moment.Monotonic + _options.RetryDelay);

    // A clock may fire a little early: what is not yet due stays in the index and is woken by the next timer.
    private void ScheduleWake()
    {
        if ((_index.NextWake(Sure) ?? (_index.IsSettled ? null : TimeSpan.MaxValue)) is not { } delay)
            return;
        Timers.StartSingleTimer(
            "wake", new WakeUp(), delay > TimeSpan.Zero ? Shorter(delay) : TimeSpan.FromMilliseconds(1));
    }

    // Timers are monotonic, policies end by the wall clock too: look at least once a minute, in case that clock was set
    // ahead.
    private static TimeSpan Shorter(TimeSpan delay) =>
        delay < TimeSpan.FromSeconds(30) ? delay : TimeSpan.FromSeconds(30);

    private void ReadNext()
    {
        if (_isRecovered)
            return;
        var self = Self;
        _catalog.ReadAsync(PolicyActor.PrefixOf(_keys.Id), _lastRead, _options.RecoveryBatch)
            .PipeTo(self, self, static histories => new HistoriesRead(histories));
    }

    private void ReadBack(HistoriesRead read)
    {
        if (read.Histories.Count == 0)
        {
            _isRecovered = true;
            Context.GetLogger().Info("Ursula holds {0} policies.", _index.Count(PolicyStage.Held));
            if (_isCopy && _index.Count(PolicyStage.Held) > 0)
            {
                Context.GetLogger().Warning(
                    "The journal is a copy of an older state, or its note of which file it is was lost: none of these"
                    + " policies is served until its Alice renews it. If the folder was only moved, or nobody put an"
                    + " older copy there, start the node once with --moved.");
            }

            return;
        }

        _lastRead = read.Histories[^1].PersistenceId;
        foreach (var history in read.Histories)
        {
            if (PolicyActor.TryReadId(history.PersistenceId, out var id))
                Index(id, history);
        }

        ScheduleWake();
        ReadNext();
    }

    // A policy that can't be read keeps its place: whoever asks for it wakes it, and it says what is wrong.
    private void Index(PolicyId id, StoredHistory history)
    {
        var entry = _index.GetOrAdd(id);
        if (entry.Actor is not null)
            return;
        entry.IsInDoubt = _isCopy;
        if (!_histories.TryRead(id, history, out var state, out var hasWork))
            Context.GetLogger().Error("Policy {0} can't be read from the journal.", id);
        else
            _index.Restore(state, Sure);
        if (hasWork)
            Wake(entry);
    }

    private void ReadLater(Exception cause)
    {
        Context.GetLogger().Error(cause, "The journal's policies can't be listed; trying again.");
        Timers.StartSingleTimer("read-on", new ReadOn(), _options.RetryDelay);
    }

    private sealed record WakeUp;

    private sealed record ReadOn;

    private sealed record EndOn;

    private sealed record EndingRead(IReadOnlyList<StoredHistory> Histories, TimeSpan Began);

    private sealed record EndingWritten(
        IReadOnlyList<PolicyState> States, Exception? Failure, TimeSpan Began = default);

    private sealed record ServeWaiting(UrsulaRequest Request, IPAddress? Source, KnownFacts? Facts);

    private sealed record HistoriesRead(IReadOnlyList<StoredHistory> Histories);

    private sealed record Forgotten(Exception? Failure);
}

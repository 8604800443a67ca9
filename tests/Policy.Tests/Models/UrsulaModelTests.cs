using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Models;

/// <summary>
/// One policy at one Ursula, exhaustively: from every state every message may come next, in any order, any number of
/// times or never, she may crash before or after each, and time may pass. The tables are docs/state-machines.md.
/// </summary>
public sealed class UrsulaModelTests(ITestOutputHelper output)
{
    private static readonly Validity Short = Cast.Validity;
    private static readonly Validity Long = new(Cast.Now, Cast.Now.AddHours(2));

    // Before the start, within, after the short end, after the long one.
    private static readonly DateTimeOffset[] Times =
        [Cast.Now.AddMinutes(-1), Cast.Now.AddMinutes(1), Cast.Now.AddMinutes(61), Cast.Now.AddMinutes(121)];

    private static readonly (string Name, UrsulaRequest Request, PolicyVersion Version)[] Orders =
    [
        .. new[] { 1, 5 }.SelectMany(number => new[]
        {
            Order("propose", number, at => Support.Orders.Proposal(at, Short)),
            Order("deposit", number, at => Support.Orders.Deposit(at, Short)),
            Order("renew", number + 1, at => Support.Orders.Renewal(at, Long)),
            Order("shorten", number + 2, at => Support.Orders.Renewal(at, Short)),
            Order("revoke", number + 3, Support.Orders.Revocation),
        }),
    ];

    private static readonly UrsulaOptions Options = new()
    {
        OrderWindow = TimeSpan.FromDays(1),
        ArrangementLife = TimeSpan.FromHours(1),
        MaxArrangements = 2,
    };

    [Fact]
    public void EveryInterleaving_KeepsTheLaws()
    {
        var (seen, open, transitions, served) = (new HashSet<string>(), new Stack<State>(), 0L, 0L);
        open.Push(new State([], 0, 0));
        while (open.TryPop(out var state))
        {
            using var policy = Recovered(state.Events);
            if (!seen.Add($"{policy.StateHash()} {state.Time} {state.Ended}"))
                continue;
            served += Check(state, policy);
            foreach (var next in Next(state))
            {
                transitions++;
                open.Push(next);
            }
        }

        output.WriteLine($"{seen.Count} states, {transitions} transitions, {served} of them served");
        Assert.True(seen.Count > 200 && served > 20);
    }

    private static IEnumerable<State> Next(State state)
    {
        if (state.Time < Times.Length - 1)
            yield return state with { Time = state.Time + 1 };
        yield return After(state, policy => policy.DecideExpiry(Times[state.Time], Cast.Random()));
        foreach (var (name, request, version) in Orders)
            yield return After(state, policy => Decide(policy, request, state).Events, name, version);
    }

    // A crash before the events are durable is the state before; one after them is the recovered state, which is all
    // there is.
    private static State After(
        State state, Func<UrsulaPolicy, IReadOnlyList<PolicyEvent>> decide, string name = "",
        PolicyVersion version = default)
    {
        using var policy = Recovered(state.Events);
        var events = state.Events;
        var ended = state.Ended;
        foreach (var policyEvent in decide(policy))
        {
            events = policy.EndsHistory(policyEvent) ? [policyEvent] : [.. events, policyEvent];
            policy.Apply(policyEvent);
            ended = policyEvent is PolicyRevoked or PolicyExpired ? VersionOf(policyEvent).Number : ended;
            Assert.False(policyEvent is PolicyRevoked && (name != "revoke" || VersionOf(policyEvent) != version));
        }

        using var recovered = Recovered(events);
        Assert.Equal(policy.StateHash(), recovered.StateHash());
        return new State(events, state.Time, ended);
    }

    private static int Check(State state, UrsulaPolicy policy)
    {
        var asked = Ask(policy, Cast.Bob, state);
        var stranger = Ask(policy, Cast.Mallory, state);
        var isServed = asked.IsAccepted;

        // What was revoked or is over is never served again, nothing outside its time, and to strangers all is unknown.
        Assert.Equal(RefusalReason.UnknownPolicy, stranger.Refusal);
        Assert.False(isServed && policy.KeyFragVersion!.Value.Number <= state.Ended);
        Assert.False(isServed && !policy.Validity!.Value.Contains(Times[state.Time]));
        Assert.Equal(isServed, policy.Stage == PolicyStage.Held && policy.Validity!.Value.Contains(Times[state.Time]));

        // Alice can always revoke what may be served, whatever came before and whatever clock her version is from.
        var order = Support.Orders.Request(Support.Orders.Revocation(new(PolicyVersion.Max)), Cast.Alice);
        var revoked = Decide(policy, order, state);
        Assert.Equal(
            policy.Stage == PolicyStage.Unknown ? RefusalReason.UnknownPolicy : RefusalReason.None, revoked.Refusal);
        using var after = Recovered([.. state.Events, .. revoked.Events]);
        Assert.False(Ask(after, Cast.Bob, state).IsAccepted);

        // Whoever serves answers as the map says: Bob blames nobody.
        if (isServed)
            Blameless(asked, policy.KeyFragVersion!.Value);
        return isServed ? 1 : 0;
    }

    private static void Blameless(UrsulaDecision decision, PolicyVersion version)
    {
        Assert.True(SignedMessage.TryRead<ReencryptionResponse>(decision.Reply.Span, out var message, out _));
        Assert.Equal(
            KeyFragDeposit.TermsOf(
                Cast.Alice.VerifyingKey, Cast.Hrac.Name, version, Cast.Bob.BobCard, Cast.Alice.PolicyKey(Cast.Label)),
            message.Claims.Terms);
        Assert.True(CapsuleFrag.TryRead(message.Claims.CapsuleFrags[0].Span, out var cfrag));
        Assert.Equal(CapsuleFragVerdict.Valid, cfrag.Verify(
            Support.Orders.Sample.Capsule, Cast.Alice.VerifyingKey, Cast.Alice.PolicyKey(Cast.Label),
            Cast.Bob.EncryptingKey,
            Cast.Random(), out _));
    }

    private static UrsulaDecision Ask(UrsulaPolicy policy, Identity bob, State state)
    {
        var version = policy.KeyFragVersion ?? Cast.Version;
        return Decide(
            policy, Support.Orders.Request(Support.Orders.Reencryption(Times[state.Time], version), bob), state);
    }

    private static UrsulaDecision Decide(UrsulaPolicy policy, UrsulaRequest request, State state) =>
        policy.Decide(request, default, Time.At(Times[state.Time]), Cast.Random());

    private static UrsulaPolicy Recovered(IReadOnlyList<PolicyEvent> events)
    {
        var policy = new UrsulaPolicy(Cast.PolicyId, Cast.Ursula.Proxy, Options);
        foreach (var policyEvent in events)
        {
            Assert.True(PolicyEvents.TryRead(policyEvent.Manifest, policyEvent.ToBytes(), out var read));
            policy.Apply(read);
        }

        return policy;
    }

    private static PolicyVersion VersionOf(PolicyEvent policyEvent) =>
        policyEvent is PolicyRevoked revoked ? revoked.Version : ((PolicyExpired)policyEvent).Version;

    private static (string, UrsulaRequest, PolicyVersion) Order<TBody>(
        string name, int number, Func<PolicyVersion, TBody> make)
        where TBody : class, IProtocolBody<TBody>
    {
        var version = new PolicyVersion((ulong)number);
        return (name, Support.Orders.Request(make(version), Cast.Alice), version);
    }

    /// <summary>What is durable, the time, and the version up to which all was ended.</summary>
    private sealed record State(IReadOnlyList<PolicyEvent> Events, int Time, ulong Ended);
}

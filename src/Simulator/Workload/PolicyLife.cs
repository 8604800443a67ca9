using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Actors.Network;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// One policy from its grant to its end: Bob reads now and then; perhaps Alice renews it, perhaps she revokes it.
/// </summary>
internal sealed class PolicyLife
{
    private const int GrantTries = 5;
    private static readonly TimeSpan AskLimit = TimeSpan.FromMinutes(2);

    /// <summary>How far clocks may be apart: their offsets and drifts, and what faults set them wrong.</summary>
    private TimeSpan ClockBound => TimeSpan.FromSeconds(30)
        + (_run.Scenario.Faults.Episodes.ContainsKey(FaultKind.ClockStep) ? TimeSpan.FromMinutes(2) : TimeSpan.Zero);

    private readonly RunContext _run;
    private readonly Conspiracy _conspiracy;
    private readonly GrantCheck _check;
    private readonly bool _isLie;
    private readonly Random _random;
    private readonly SimulatedNode _alice;
    private readonly SimulatedNode _bob;
    private readonly SharePlan _plan;
    private readonly PolicyLabel _label;
    private readonly byte[] _plaintext;
    private readonly MessageKit _kit;
    private readonly Hrac _hrac;
    private readonly Petitioner _petitioner;
    private TreasureMap? _map;
    private DateTimeOffset _notAfter;
    private string _lastFailure = "";
    private bool _isRevokeOrdered;
    private bool _isRevoked;

    public PolicyLife(RunContext run, Conspiracy conspiracy, ServiceWitness ursulas, int index)
    {
        (_run, _conspiracy, _check) = (run, conspiracy, new GrantCheck(run, ursulas));
        _isLie = index < run.Scenario.Adversaries.LyingAlices;
        var seed = run.World.Seed.Derive("policy").Derive(index);
        _random = seed.NewRandom();
        var clients = run.Clients;
        _alice = clients[_random.Next(clients.Count)];
        _bob = clients[(_alice.Machine.Index + 1 + _random.Next(clients.Count - 1) - run.Nodes.Count) % clients.Count];
        _plan = run.Scenario.Policies.Plans[index % run.Scenario.Policies.Plans.Count];
        _label = PolicyLabel.Parse($"policy {index}");
        _hrac = _alice.Identity.HracFor(_bob.Identity.BobCard, _label);
        _plaintext = [.. SecretWitness.Canary, .. BitConverter.GetBytes(index)];
        _kit = MessageKit.Encrypt(
            _alice.Identity.PolicyKey(_label), _plaintext, _alice.Identity.Signer, seed.NewRandomSource());
        _petitioner = new Petitioner(run, _bob.Machine.Host, _bob.Identity.Signer, seed.Derive("petitioner"));
    }

    /// <summary>The DHT key of its treasure map.</summary>
    public NodeId MapKey => TreasureMap.KeyOf(_alice.Identity.VerifyingKey, _hrac);

    private PolicyId Id => PolicyId.Of(_alice.Identity.VerifyingKey, _hrac);

    private AdversaryPlan Adversaries => _run.Scenario.Adversaries;

    private PolicyLoad Load => _run.Scenario.Policies;

    private DateTimeOffset Now => _run.World.Time.GetUtcNow();

    private Inquirer Inquirer => _run.Inquirer;

    private Tally Tally => _run.Tally;

    public async Task RunAsync()
    {
        var duration = _run.Scenario.Duration;
        await Inquirer.Delay(duration * (_random.Next(Load.StartSpreadPercent * 100 + 1) / 10_000.0));
        if (!await GrantAsync(duration * (_random.Next(Load.MinLifePercent, Load.MaxLifePercent + 1) / 100.0)))
            return;
        var renewsAt = Load.Renewed.Draw(_random) ? DrawTime() : (DateTimeOffset?)null;
        var revokesAt = Load.Revoked.Draw(_random) ? DrawTime() : (DateTimeOffset?)null;
        var crowd = JoinCrowdAsync();
        while (await WaitAsync())
        {
            if (revokesAt <= Now && !_isRevoked)
                await RevokeAsync();
            else if (renewsAt <= Now && !_isRevokeOrdered && Now < _notAfter)
                renewsAt = await RenewAsync(duration / 4) ? null : renewsAt;
            await ReadAsync();
        }

        await crowd;
        await DemandAsync();
    }

    /// <summary>Lets time pass until Bob reads again; false if the load ends before.</summary>
    private async Task<bool> WaitAsync()
    {
        var (pause, left) = (new TimeSpan(_random.NextInt64(2 * Load.ReadInterval.Ticks)), _run.LoadEnd - _run.Elapsed);
        await Inquirer.Delay(pause < left ? pause : left);
        return pause < left;
    }

    /// <summary>Reads at the time at which all Bobs do.</summary>
    private async Task JoinCrowdAsync()
    {
        if (Load.CrowdAt <= TimeSpan.Zero)
            return;
        await Inquirer.Delay(
            _run.LoadStart + Load.CrowdAt + new TimeSpan(_random.NextInt64(TimeSpan.TicksPerMinute)) - _run.Elapsed);
        await ReadAsync();
    }

    /// <summary>When the network has healed, a policy in force must be readable.</summary>
    private async Task DemandAsync()
    {
        await Inquirer.Delay(_run.LoadEnd + (_run.Scenario.HealTime / 2) - _run.Elapsed);
        if (Adversaries.IsAny)
            return;
        if (_isRevokeOrdered && !_isRevoked)
            await DemandRevocationAsync();
        if (_isRevokeOrdered || _isLie || Now > _notAfter - TimeSpan.FromMinutes(1))
            return;
        for (var tries = 0; tries < 3; tries++)
        {
            if (await TryReadAsync())
            {
                Tally.Add("readable when healed");
                return;
            }
        }

        Tally.Add("unreadable when healed");
        _run.Report(
            "a policy in force is readable after the faults", $"{_label}, {_plan}, ends {_notAfter:T}: {_lastFailure}");
    }

    /// <summary>What was ordered and not confirmed can still be revoked.</summary>
    private async Task DemandRevocationAsync()
    {
        for (var tries = 0; tries < 3 && !_isRevoked; tries++)
            await RevokeAsync();
        if (!_isRevoked)
            _run.Report("what Alice ordered to be revoked is revoked after the faults", $"{_label}, {_plan}");
    }

    /// <summary>A time until the end; now, if the grant took so long that the end is past.</summary>
    private DateTimeOffset DrawTime() => Now + new TimeSpan(_random.NextInt64(Math.Max(0, (_notAfter - Now).Ticks)));

    private async Task<bool> GrantAsync(TimeSpan life)
    {
        for (var tries = 0; tries < GrantTries; tries++)
        {
            if (_alice.Actors is { } actors)
            {
                _notAfter = Now + life;
                var terms = new GrantTerms(
                    _label, _bob.Identity.BobCard, _plan.Threshold, _plan.Shares, new Validity(Now, _notAfter));
                var answer = await Inquirer.Ask(
                    actors.Alice, new MakeGrant(terms), AskLimit, typeof(GrantPublished), typeof(GrantNotMade));
                if (answer is GrantPublished published)
                {
                    _run.Recorder.CountGrant(
                        _plan, published.Grant.Holders.Count(
                            holder => holder.IsConfirmed && _conspiracy.Cheats(holder.Ursula)));
                    Tally.Add("grants");
                    _check.Made(Id, published.Grant);
                    if (_isLie)
                        await LieAsync(published.Grant);
                    return true;
                }
            }

            Tally.Add("grants failed");
            await Inquirer.Delay(TimeSpan.FromMinutes(1));
        }

        return false;
    }

    /// <summary>
    /// Publishes a newer map of the same Ursulas under a policy key that is not theirs, so that no cfrag fits it.
    /// </summary>
    private Task LieAsync(Grant grant)
    {
        var random = _run.World.Seed.Derive("lie").Derive(_alice.Machine.Index).NewRandomSource();
        using var other = SecretKey.Random(random);
        NodeId[] ursulas = [.. grant.Holders.Where(holder => holder.IsConfirmed).Select(holder => holder.Ursula)];
        var version = PolicyVersion.Next(grant.LastVersion, Now);
        var record = new TreasureMap(grant.Threshold, grant.KeyFragVersion, grant.Validity, other.PublicKey, ursulas)
            .ToRecord(_alice.Identity.Signer, grant.Bob, _hrac, version, random);
        return record.TryVerify(RecordSignatures.Verify, out var signed) && _alice.Kademlia is { } kademlia
            ? Inquirer.Ask<KademliaReply>(kademlia, new PublishRecord(1, signed), AskLimit)
            : Task.CompletedTask;
    }

    private async Task<bool> RenewAsync(TimeSpan longer)
    {
        if (_alice.Actors is not { } actors)
            return false;
        var notAfter = _notAfter + longer;
        var before = _notAfter;
        _notAfter = notAfter; // some Ursulas may have renewed it although Alice did not hear it
        var answer = await Inquirer.Ask(
            actors.Alice, new RenewGrant(_hrac, notAfter), AskLimit, typeof(GrantPublished), typeof(OrderNotDone));
        Tally.Add(answer is GrantPublished ? "renewals" : "renewals failed");
        if (answer is OrderNotDone { Outcomes.Count: 0 })
            _notAfter = before;
        return answer is GrantPublished;
    }

    private async Task RevokeAsync()
    {
        if (_alice.Actors is not { } actors)
            return;
        _isRevokeOrdered = true;
        var answer = await Inquirer.Ask(
            actors.Alice, new RevokeGrant(_hrac), AskLimit, typeof(GrantRevocation), typeof(OrderNotDone));
        _isRevoked = answer is GrantRevocation { Grant.IsRevoked: true };
        if (_isRevoked)
            _check.Revoked(Id, ((GrantRevocation)answer!).Grant);
        Tally.Add(_isRevoked ? "revocations" : "revocations failed");
    }

    private async Task ReadAsync()
    {
        var (isRevoked, isOver) = (_isRevoked, Now > _notAfter + ClockBound);
        var isDue = !_isRevokeOrdered && Now < _notAfter - AskLimit;
        var isRead = await TryReadAsync();
        if (isRead && isRevoked && Adversaries.HostileUrsulas.PerMillion > 0)
            Tally.Add("reads through hoarders");
        else if (isRead && (isRevoked || isOver))
            _run.Report(
                isRevoked ? "nobody reads after a revocation" : "nobody reads after the end", $"{_label}, {_plan}");
        else if (isRevoked || isOver)
            Tally.Add(isRevoked ? "reads refused: revoked" : "reads refused: over");
        else if (isDue && !_isLie)
            Tally.Add(isRead ? $"reads {_plan}" : $"reads failed {_plan}");
        if (isRevoked || isOver)
            await InsistAsync();
    }

    /// <summary>
    /// The map is gone, but Bob has kept it, and asks its Ursulas all the same; the witnesses at their doors see what
    /// he gets.
    /// </summary>
    private async Task InsistAsync()
    {
        foreach (var ursula in _run.Nodes.Where(node => _map?.Ursulas.Contains(node.Id) == true))
        {
            Tally.Add("asked too late");
            await _petitioner.AskAsync(ursula, Id, _map!.KeyFragVersion, _kit.Capsule, Now);
        }
    }

    private async Task<bool> TryReadAsync()
    {
        if (_bob.Actors is not { } actors)
            return false;
        var retrieve = new Retrieve(_alice.Identity.VerifyingKey, _label, [_kit.Capsule]);
        var start = _run.Elapsed;
        var answer = await Inquirer.Ask(
            actors.Bob, retrieve, AskLimit, typeof(Retrieved), typeof(NotRetrieved), typeof(MapNotFetched));
        CountMap(answer);
        Judge(OutcomesOf(answer));
        if (answer is not Retrieved retrieved)
        {
            _lastFailure = Describe(answer);
            return false;
        }

        Keep(retrieved.Map);
        _run.Recorder.Measure("retrieval", _run.Elapsed - start);
        var opening = _kit.OpenReencrypted(
            _bob.Identity.DecryptingKey, retrieved.Map.PolicyKey, retrieved.CapsuleFrags[0], out var content);
        if (opening != KitOpening.Opened || !content!.Bytes.Span.SequenceEqual(_plaintext))
            _run.Report("verified cfrags open the message", $"{_label}: {opening}");
        return true;
    }

    private void Keep(TreasureMap map)
    {
        if (_map is null)
            _conspiracy.Leak(new LeakedMap(Id, MapKey, map, _kit.Capsule, _bob));
        _map = map;
    }

    /// <summary>Counts whether the map was found, if it should have been.</summary>
    private void CountMap(object? answer)
    {
        if (answer is null || _isLie || _isRevokeOrdered || Now > _notAfter - AskLimit)
            return;
        Tally.Add(answer is MapNotFetched ? "maps not found" : "maps found");
    }

    private string Describe(object? answer) => answer switch
    {
        null => "Bob did not answer",
        MapNotFetched none => $"no map: {none.Reason}",
        _ =>
            string.Join(", ", OutcomesOf(answer).Select(
                outcome => $"Ursula {_run.IndexOf(outcome.Ursula)} {outcome.Kind} {outcome.Reason}")),
    };

    private static IReadOnlyList<UrsulaOutcome> OutcomesOf(object? answer) => answer switch
    {
        Retrieved retrieved => retrieved.Outcomes,
        NotRetrieved failed => failed.Failed.Outcomes,
        _ => [],
    };

    /// <summary>Ursulas that cheat are named; others never are.</summary>
    private void Judge(IReadOnlyList<UrsulaOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Kind == UrsulaOutcomeKind.OtherDeposit)
                Tally.Add("false maps seen through");
            if (outcome.Kind is not (
                UrsulaOutcomeKind.BadAnswer or UrsulaOutcomeKind.BadCapsuleFrag or UrsulaOutcomeKind.PinMismatch))
                continue;
            Tally.Add("cheats named");
            if (!_conspiracy.IsHostile(outcome.Ursula))
                _run.Report("only Ursulas that cheat are blamed", $"{_label}: {outcome.Ursula} {outcome.Kind}");
        }
    }
}

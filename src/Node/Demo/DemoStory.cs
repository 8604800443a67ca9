using NuCypher.P2P.Actors.Alice;
using NuCypher.P2P.Actors.Bob;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Sessions;

namespace NuCypher.P2P.Node.Demo;

/// <summary>The main job, end to end, on real sockets, files and databases; every claim is checked.</summary>
internal sealed class DemoStory : IAsyncDisposable
{
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(4);

    private readonly DemoPlan _plan;
    private readonly DemoSwarm _swarm;
    private readonly DemoPolicy _reports;
    private readonly DemoPolicy _archive;
    private readonly DemoPolicy _news;
    private DemoNode? _killed;
    private int _heldByKilled;

    /// <summary>Prepares the cast.</summary>
    public DemoStory(DemoPlan plan, string folder, ILoggerFactory logs)
    {
        var settings = plan.Settings with
        {
            Journal = new() { CheckpointInterval = TimeSpan.FromSeconds(1) },
            // who watches has no time
            Ursula = plan.Settings.Ursula with { Clock = new() { StartDoubt = TimeSpan.FromSeconds(1) } },
        };
        _plan = plan;
        _swarm = new DemoSwarm(folder, settings, logs);
        var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, SettingsReader.FileName));
        _reports = new DemoPolicy(_swarm, PolicyLabel.Parse("reports"), file);
        _archive = new DemoPolicy(_swarm, PolicyLabel.Parse("archive"), file);
        _news = new DemoPolicy(_swarm, PolicyLabel.Parse("news"), file);
    }

    /// <summary>Tells it.</summary>
    public async Task TellAsync(DemoNarrator narrator, CancellationToken cancellation)
    {
        await narrator.TellAsync("join", () => JoinAsync(cancellation));
        await narrator.TellAsync("encrypt", EncryptAsync);
        await narrator.TellAsync("grant", () => GrantAsync(cancellation));
        await narrator.TellAsync("map", () => FetchMapAsync(cancellation));
        await narrator.TellAsync("read", () => ReadAsync(cancellation));
        await narrator.TellAsync("stranger", () => KeepOutAsync(cancellation));
        await narrator.TellAsync("kill", () => KillAsync(cancellation));
        await narrator.TellAsync("restart", () => RestartAsync(cancellation));
        await narrator.TellAsync("renew", () => RenewAsync(cancellation));
        await narrator.TellAsync("revoke", () => RevokeAsync(cancellation));
        await narrator.TellAsync("expire", () => ExpireAsync(cancellation));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _swarm.DisposeAsync();

    private async Task<string> JoinAsync(CancellationToken cancellation)
    {
        await _swarm.StartAsync(_plan.Nodes, cancellation);
        return $"{_plan.Nodes} nodes over UDP and HTTPS on loopback, each found by its signed record; "
            + "Alice, Bob and Eve as clients";
    }

    private Task<string> EncryptAsync()
    {
        foreach (var policy in (DemoPolicy[])[_reports, _archive, _news])
        {
            policy.Encrypt();
            DemoNarrator.Check(
                policy.Kit.AsSpan().IndexOf(policy.File.AsSpan(0, 32)) < 0, "nothing of the file is seen in the kit");
        }
        return Task.FromResult(
            $"{SettingsReader.FileName}, {_reports.File.Length:N0} bytes, with the policy's public key alone");
    }

    private async Task<string> GrantAsync(CancellationToken cancellation)
    {
        var published = Granted(
            await _reports.GrantAsync(_plan.Threshold, _plan.Shares, TimeSpan.FromHours(1), cancellation));
        Granted(await _archive.GrantAsync(_plan.Shares, _plan.Shares, TimeSpan.FromHours(1), cancellation));
        var deposits = published.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.Deposited);
        DemoNarrator.Check(deposits == _plan.Shares, $"{_plan.Shares} Ursulas signed for their kfrag");
        return $"{_plan.Threshold} of {_plan.Shares} to Bob for an hour; "
            + $"map of {published.Grant.MapRecord.Length} bytes kept by {published.MapHolders} nodes";
    }

    private async Task<string> FetchMapAsync(CancellationToken cancellation)
    {
        var fetch = new FetchMap(_swarm.Alice.Identity.VerifyingKey, _reports.Label);
        var answer = await DemoSwarm.AskAsync(_swarm.Bob, _swarm.Bob.Running.Actors.Bob, fetch, cancellation);
        DemoNarrator.Check(
            answer is MapFetched f && f.Map.Ursulas.Count == _plan.Shares,
            $"Bob fetches and opens the map (he got {answer})");
        return "Bob, knowing Alice's card and the label, found and opened it: "
            + $"{_plan.Shares} Ursulas, {_plan.Threshold} needed";
    }

    private async Task<string> ReadAsync(CancellationToken cancellation)
    {
        var retrieved = await _reports.ReadAsync(cancellation);
        return $"byte-identical, with {retrieved.CapsuleFrags[0].Count} verified cfrags";
    }

    private async Task<string> KeepOutAsync(CancellationToken cancellation)
    {
        var answer = await _reports.RetrieveAsync(_swarm.Eve, cancellation);
        DemoNarrator.Check(
            answer is MapNotFetched { Reason: MapRefusal.NotFound }, $"Eve finds no map of hers (she got {answer})");
        return "Eve, with the same kit, card and label, finds nothing";
    }

    private async Task<string> KillAsync(CancellationToken cancellation)
    {
        var holders = (await _archive.ReadAsync(cancellation)).Map.Ursulas;
        _killed = _swarm.Ursulas.Last(u => holders.Contains(u.Identity.Id));
        _heldByKilled = (await DemoSwarm.StateWhenAsync(_killed, _ => true, cancellation)).Held;
        await _killed.KillAsync();
        var refused = await _archive.RetrieveAsync(_swarm.Bob, cancellation);
        DemoNarrator.Check(
            refused is NotRetrieved, $"what needs all of {_plan.Shares} can't be read now (Bob got {refused})");
        await _reports.ReadAsync(cancellation);
        return $"an Ursula that holds kfrags is gone: {_plan.Threshold} of {_plan.Shares} is still read, "
            + $"{_plan.Shares} of {_plan.Shares} is not";
    }

    private async Task<string> RestartAsync(CancellationToken cancellation)
    {
        var state = await _swarm.RestartAsync(_killed!, cancellation); // the step before killed it
        DemoNarrator.Check(
            state.Held == _heldByKilled, $"all {_heldByKilled} policies were recovered ({state.Held} were)");
        await _archive.ReadAsync(cancellation);
        return $"every policy that it held ({state.Held}) recovered from its journal; "
            + $"{_plan.Shares} of {_plan.Shares} is read again";
    }

    private async Task<string> RenewAsync(CancellationToken cancellation)
    {
        var end = TimeProvider.System.GetUtcNow().AddHours(3);
        var renewed = Granted(await _reports.AskAliceAsync(new RenewGrant(_reports.Hrac, end), cancellation));
        var receipts = renewed.Outcomes.Count(o => o.Kind == UrsulaOutcomeKind.Renewed);
        DemoNarrator.Check(receipts >= _plan.Threshold, "a threshold of Ursulas signed a receipt");
        var read = await _reports.ReadAsync(cancellation);
        DemoNarrator.Check(read.Map.Validity.NotAfter > end.AddSeconds(-2), "the new map says the new end");
        return $"for three hours; {receipts} signed receipts, Bob reads on";
    }

    private async Task<string> RevokeAsync(CancellationToken cancellation)
    {
        var answer = await _reports.AskAliceAsync(new RevokeGrant(_reports.Hrac), cancellation);
        DemoNarrator.Check(answer is GrantRevocation { Grant.IsRevoked: true }, $"Alice revokes (she got {answer})");
        var refused = await _reports.RetrieveAsync(_swarm.Bob, cancellation);
        DemoNarrator.Check(
            refused is MapNotFetched { Reason: MapRefusal.Withdrawn },
            $"Bob is told that Alice took the map back (he got {refused})");
        return $"{((GrantRevocation)answer).Grant.SharesGone} of {_plan.Shares} kfrags destroyed with a receipt; "
            + "the map is taken back: Bob is told so";
    }

    private async Task<string> ExpireAsync(CancellationToken cancellation)
    {
        var granted = Granted(await _news.GrantAsync(_plan.Threshold, _plan.Shares, ShortLife, cancellation));
        await _news.ReadAsync(cancellation);
        var traces = (await Task.WhenAll(
            _swarm.Ursulas.Select(u => KeyFragTrace.TakeAsync(u, _news.Id)))).OfType<KeyFragTrace>().ToList();
        DemoNarrator.Check(
            traces.Count == _plan.Shares && traces.TrueForAll(t => t.IsInFiles()),
            "every kfrag is in a database before");
        await WaitUntilAsync(() => granted.Grant.Validity.IsOver(TimeProvider.System.GetUtcNow()), cancellation);
        var refused = await _news.RetrieveAsync(_swarm.Bob, cancellation);
        DemoNarrator.Check(
            refused is MapNotFetched { Reason: MapRefusal.NotFound }
                or NotRetrieved { Failed.Refusal: RefusalReason.Expired or RefusalReason.UnknownPolicy },
            $"Bob is refused when the time is over (he got {refused})");
        await WaitUntilAsync(() => !traces.Exists(t => t.IsInFiles()), cancellation);
        return $"after {ShortLife.TotalSeconds:N0} s Bob is refused, "
            + $"and no byte of {traces.Count} kfrags is left in any database file";
    }

    private static async Task WaitUntilAsync(Func<bool> isTrue, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!isTrue())
            await timer.WaitForNextTickAsync(limit.Token);
    }

    private static GrantPublished Granted(object answer)
    {
        DemoNarrator.Check(
            answer is GrantPublished { MapHolders: > 0 }, $"Alice's grant is made and its map kept (she got {answer})");
        return (GrantPublished)answer;
    }
}

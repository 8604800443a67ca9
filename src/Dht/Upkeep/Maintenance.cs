namespace NuCypher.P2P.Dht;

/// <summary>The steady upkeep: contacts that may be gone, one overdue bucket after the other, expired values.</summary>
internal sealed class Maintenance(Swarm swarm)
{
    private bool _isRefreshing;
    private bool _isStarted;

    /// <summary>Starts the rounds; no effect if they run.</summary>
    public void Start()
    {
        if (_isStarted)
            return;
        _isStarted = true;
        PlanRound();
    }

    /// <summary>
    /// Asks somebody for contacts of every overdue bucket, one question each: a node that joins need not know everybody
    /// at once. A little later it asks its nearest for the neighbours that it missed.
    /// </summary>
    public void Fill()
    {
        while (swarm.Table.Overdue(swarm.Timeline.Now, swarm.Random) is { } target)
        {
            swarm.Table.LookedUp(target, swarm.Timeline.Now);
            FillRun.Start(swarm, target);
        }
        for (var i = 1; i <= swarm.Options.NeighboursAsked && !swarm.Options.ClientMode; i++)
            swarm.Timeline.After(i * swarm.Options.NeighbourDelay, new NeighbourRun(swarm, i - 1).Start);
    }

    /// <summary>Looks up a random id in every overdue bucket, one bucket at a time.</summary>
    public void Refresh()
    {
        if (_isRefreshing || swarm.Table.Overdue(swarm.Timeline.Now, swarm.Random) is not { } target)
            return;
        _isRefreshing = true;
        LookupRun.Start(swarm, target, null, _ => RefreshNext());
    }

    /// <summary>Ends the rounds.</summary>
    public void Stop() => (_isStarted, _isRefreshing) = (false, false);

    private void RefreshNext()
    {
        _isRefreshing = false;
        Refresh();
    }

    private void PlanRound() => swarm.Timeline.After(swarm.Options.MaintenanceInterval, Round);

    private void Round()
    {
        swarm.Values.Cull(swarm.Over);
        swarm.Introductions.CheckStale();
        swarm.Introductions.TrySpares();
        Refresh();
        PlanRound();
    }
}

using NuCypher.P2P.Actors.Links;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A source that holds as many connections to one Ursula as one may, asks nothing, and comes again when one was closed.
/// </summary>
internal sealed class Idler
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly RunContext _run;
    private readonly SimulatedHost _host;
    private readonly SimulatedHost _victim;

    /// <summary>Begins at once.</summary>
    public Idler(RunContext run, SimulatedMachine machine, SimulatedNode victim)
    {
        (_run, _host, _victim) = (run, machine.Host, victim.Machine.Host);
        for (var i = 0; i < ConnectionTable.DefaultShare; i++)
            Open();
    }

    private void Open()
    {
        if (_run.Elapsed >= _run.LoadEnd)
            return;
        _run.Tally.Add("idle connections");
        if (!_victim.Connections.TryEnter(new ConnectionSeat(_host.Address.Address, OpenLater)))
            OpenLater();
    }

    private void OpenLater() => _run.World.Time.Schedule(Pause, Open);
}

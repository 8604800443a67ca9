using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Simulator;

/// <summary>A Bob whom no Alice ever named: with keys of his own, but real treasure maps, he asks every Ursula of a policy for cfrags.</summary>
internal sealed class Stranger
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly Simulation _simulation;
    private readonly IReadOnlyList<LeakedMap> _maps;
    private readonly Random _random;
    private readonly Petitioner _petitioner;

    public Stranger(Simulation simulation, SimulatedMachine machine, IReadOnlyList<LeakedMap> maps)
    {
        var seed = machine.ProcessSeed.Derive("stranger");
        (_simulation, _maps, _random) = (simulation, maps, seed.NewRandom());
        var identity = Identity.Random(seed.Derive("identity").NewRandomSource());
        _petitioner = new Petitioner(simulation, machine.Host, identity.Signer, seed.Derive("petitioner"));
    }

    public async Task RunAsync()
    {
        while (_simulation.Elapsed < _simulation.LoadEnd)
        {
            await _simulation.Inquirer.Delay(new TimeSpan(_random.NextInt64(2 * Interval.Ticks)));
            if (_maps.Count > 0)
                await AskAsync(_maps[_random.Next(_maps.Count)]);
        }
    }

    private async Task AskAsync(LeakedMap map)
    {
        foreach (var ursula in _simulation.Nodes.Where(node => map.Map.Ursulas.Contains(node.Id)))
        {
            var answer = await _petitioner.AskAsync(
                ursula, map.Policy, map.Map.KeyFragVersion, map.Capsule, _simulation.World.Time.GetUtcNow());
            _simulation.Tally.Add($"strangers {(answer.Status == ServiceStatus.Ok ? "served" : "refused")}");
            if (answer.Status == ServiceStatus.Ok && !_simulation.IsHostile(ursula.Id))
                _simulation.Report("strangers get no cfrags", $"Ursula {ursula.Machine.Index}, policy {map.Policy}");
        }
    }
}

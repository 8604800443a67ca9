using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A Bob whom no Alice ever named: with keys of his own, but real treasure maps, he asks every Ursula of a policy for
/// cfrags.
/// </summary>
internal sealed class Stranger
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly RunContext _run;
    private readonly Conspiracy _conspiracy;
    private readonly IReadOnlyList<LeakedMap> _maps;
    private readonly Random _random;
    private readonly Petitioner _petitioner;

    public Stranger(RunContext run, Conspiracy conspiracy, SimulatedMachine machine, IReadOnlyList<LeakedMap> maps)
    {
        var seed = machine.ProcessSeed.Derive("stranger");
        (_run, _conspiracy, _maps, _random) = (run, conspiracy, maps, seed.NewRandom());
        var identity = Identity.Random(seed.Derive("identity").NewRandomSource());
        _petitioner = new Petitioner(run, machine.Host, identity.Signer, seed.Derive("petitioner"));
    }

    public async Task RunAsync()
    {
        while (_run.Elapsed < _run.LoadEnd)
        {
            await _run.Inquirer.Delay(new TimeSpan(_random.NextInt64(2 * Interval.Ticks)));
            if (_maps.Count > 0)
                await AskAsync(_maps[_random.Next(_maps.Count)]);
        }
    }

    private async Task AskAsync(LeakedMap map)
    {
        foreach (var ursula in _run.Nodes.Where(node => map.Map.Ursulas.Contains(node.Id)))
        {
            var answer = await _petitioner.AskAsync(
                ursula, map.Policy, map.Map.KeyFragVersion, map.Capsule, _run.World.Time.GetUtcNow());
            _run.Tally.Add($"strangers {(answer.Status == ServiceStatus.Ok ? "served" : "refused")}");
            if (answer.Status == ServiceStatus.Ok && !_conspiracy.IsHostile(ursula.Id))
                _run.Report("strangers get no cfrags", $"Ursula {ursula.Machine.Index}, policy {map.Policy}");
        }
    }
}

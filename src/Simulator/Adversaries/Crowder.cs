using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Somebody who arranges with one Ursula for one policy after the other, from one address: he fills her memory.
/// </summary>
internal sealed class Crowder
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private readonly RunContext _run;
    private readonly Petitioner _petitioner;
    private readonly Identity _alice;
    private readonly Identity _bob;
    private readonly SimulatedNode _victim;

    public Crowder(RunContext run, SimulatedMachine machine, SimulatedNode victim)
    {
        var seed = machine.ProcessSeed.Derive("crowder");
        (_run, _victim) = (run, victim);
        _alice = Identity.Random(seed.Derive("alice").NewRandomSource());
        _bob = Identity.Random(seed.Derive("bob").NewRandomSource());
        _petitioner = new Petitioner(run, machine.Host, _alice.Signer, seed.Derive("petitioner"));
    }

    public async Task RunAsync()
    {
        for (var i = 0; _run.Elapsed < _run.LoadEnd; i++)
        {
            _run.Add(_petitioner.AskAsync(_victim, Proposal(i)));
            _run.Tally.Add("arrangements of crowders");
            await _run.Inquirer.Delay(Interval);
        }
    }

    private ArrangementProposal Proposal(int number)
    {
        var now = _run.World.Time.GetUtcNow();
        var hrac = _alice.HracFor(_bob.BobCard, PolicyLabel.Parse($"crowd {number}"));
        return new ArrangementProposal(
            _alice.VerifyingKey, hrac.Name, _victim.Id, PolicyVersion.Next(null, now), now, new(now, now + Life));
    }
}

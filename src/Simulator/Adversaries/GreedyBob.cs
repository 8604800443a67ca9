using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A Bob who asks one Ursula twice as often as she serves anybody, and dates every other request back as far as it
/// goes.
/// </summary>
internal sealed class GreedyBob(RunContext run, Conspiracy conspiracy, LeakedMap map, Seed seed)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    private readonly Petitioner _petitioner = new(run, map.Bob.Machine.Host, map.Bob.Identity.Signer, seed);

    public async Task RunAsync()
    {
        if (run.Nodes.FirstOrDefault(
            node => map.Map.Ursulas.Contains(node.Id) && !conspiracy.IsHostile(node.Id)) is not { } ursula)
            return;
        var open = new List<Task>();
        for (var i = 0; i < 2 * run.Scenario.Ursula.MaxNonces && run.Elapsed < run.LoadEnd; i++)
        {
            open.Add(AskAsync(ursula, isDatedBack: i % 2 == 1));
            await run.Inquirer.Delay(Interval);
        }

        await Task.WhenAll(open);
    }

    private async Task AskAsync(SimulatedNode ursula, bool isDatedBack)
    {
        var age = isDatedBack ? run.Scenario.Ursula.RequestWindow - Margin : TimeSpan.Zero;
        var answer = await _petitioner.AskAsync(
            ursula, map.Policy, map.Map.KeyFragVersion, map.Capsule, run.World.Time.GetUtcNow() - age);
        run.Tally.Add($"greedy requests {(answer.Status == ServiceStatus.Ok ? "served" : "refused")}");
    }
}

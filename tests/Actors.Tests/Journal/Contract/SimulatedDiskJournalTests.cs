namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>The contract, on the simulated disk.</summary>
public sealed class SimulatedDiskJournalTests(ITestOutputHelper output) : LastingJournalContract
{
    private protected override ValueTask<JournalBed> CreateAsync()
    {
        var seed = (ulong)Random.Shared.NextInt64();
        output.WriteLine($"seed {seed}");
        return new(new SimulatedBed(seed));
    }
}

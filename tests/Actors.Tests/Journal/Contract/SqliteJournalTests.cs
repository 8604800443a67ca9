using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>The contract, on the embedded journal.</summary>
public sealed class SqliteJournalTests : LastingJournalContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;
    private readonly Identity _identity = Identity.Random(new OperatingSystemRandom());

    private protected override ValueTask<JournalBed> CreateAsync() =>
        new(new ThreadedBed(() => NodeJournal.OpenOrCreate(Path.Combine(_folder, "journal"), _identity)));

    private protected override void Clean()
    {
        Directory.Delete(_folder, recursive: true);
        _identity.Dispose();
    }
}

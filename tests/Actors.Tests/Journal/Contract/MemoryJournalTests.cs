using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>The contract, on the journal of a client: it is gone with the process, not with an actor.</summary>
public sealed class MemoryJournalTests : JournalContract
{
    private protected override ValueTask<JournalBed> CreateAsync() =>
        new(new ThreadedBed(NodeJournal.OfMemory, outlivesProcess: false));
}

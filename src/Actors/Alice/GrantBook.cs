using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>What Alice granted, read from her journal while no <see cref="AliceActor"/> runs on it.</summary>
public static class GrantBook
{
    /// <summary>Under which id an Alice writes.</summary>
    public static string IdOf(Identity alice) => $"alice-{alice.Id}";

    /// <summary>Every grant as she would know it after her start.</summary>
    /// <param name="journal">Open, and so checked.</param>
    /// <param name="alice">Whose grants.</param>
    /// <param name="maxGrants">As <see cref="AliceOptions.MaxGrants"/>.</param>
    /// <exception cref="InvalidDataException">Somebody changed the journal since it was opened.</exception>
    public static async Task<IReadOnlyList<Grant>> ReadAsync(NodeJournal journal, Identity alice, int maxGrants)
    {
        var grants = new Grants(maxGrants);
        var histories = await journal.Catalog.ReadAsync(IdOf(alice), null, 1);
        // most of the time goes into points that are read and checked: on all cores
        var events = histories.SelectMany(history => history.Events).AsParallel().AsOrdered()
            .Select(stored => JournalEvents.Read(stored.Manifest, stored.Payload.Span));
        foreach (var grantEvent in events.Cast<GrantEvent>())
            grants.Apply(grantEvent);
        return grants.All;
    }
}

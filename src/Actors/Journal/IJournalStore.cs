using LinqToDB;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>The database under a node's journal, opened by one process.</summary>
internal interface IJournalStore : IDisposable
{
    /// <summary>The folder that it fills; null for a server's.</summary>
    string? Folder { get; }

    /// <summary>How Akka.Persistence.Sql opens it.</summary>
    DataOptions Options { get; }

    /// <summary>What Akka.Persistence.Sql calls its kind.</summary>
    string Provider { get; }

    /// <summary>Whether it is a copy of an older state, or nobody knows.</summary>
    bool IsCopy { get; }

    /// <summary>The operator says that it is none.</summary>
    void Accept();

    /// <summary>Writes to it durably and changes nothing; throws what an event's writer would see.</summary>
    void Probe();

    /// <summary>Starts what keeps it clean.</summary>
    void StartUpkeep(IActorRefFactory system, JournalOptions options);
}

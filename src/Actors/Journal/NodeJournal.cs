using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using Microsoft.Data.Sqlite;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Where a node keeps its policies and grants: everything that an actor system needs to know of it.</summary>
/// <remarks>
/// Its settings win over those of a file, because durability and erasure depend on them. <c>replay-filter.mode =
/// off</c>: the filter drops
/// acknowledged events of an actor that moved between processes, and with them revocations; duplicates are impossible
/// by the unique index.
/// Every event is sealed under a key that the folder doesn't have (<see cref="JournalSeal"/>).
/// </remarks>
public sealed class NodeJournal : IDisposable
{
    private static readonly string Sql = $$"""
        akka.persistence {
          snapshot-store.plugin = "akka.persistence.no-snapshot-store"
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              class = "{{typeof(SealingJournal).FullName}}, {{typeof(SealingJournal).Assembly.GetName().Name}}"
              provider-name = "SQLite.MS"
              connection-string = "in DataOptionsSetup"
              plugin-dispatcher = "akka.actor.default-dispatcher"
              replay-dispatcher = "akka.actor.default-dispatcher"
              auto-initialize = off
              parallelism = 1
              tag-write-mode = Csv
              prefer-parameters-on-multirow-insert = true
              serializer = nucypher-event
              replay-filter.mode = off
              circuit-breaker { max-failures = 10, call-timeout = 10s, reset-timeout = 2s }
            }
          }
        }
        """;

    private const string InMemory = """
        akka.persistence {
          snapshot-store.plugin = "akka.persistence.no-snapshot-store"
          journal { plugin = "akka.persistence.journal.inmem", inmem.replay-filter.mode = off }
        }
        """;

    private readonly JournalFolder? _folder;
    private readonly JournalSeal? _seal;
    private readonly JournalGuard? _guard;
    private readonly JournalOptions _options;

    private NodeJournal(JournalOptions options, Config config, IJournalCatalog catalog) =>
        (_options, Config, Catalog) = (options, config, catalog);

    private NodeJournal(JournalFolder folder, JournalSeal seal, JournalGuard guard, JournalOptions options,
        Config config)
        : this(options, config, new SqlCatalog(JournalConnections.OptionsFor(folder.Database, seal, guard), seal)) =>
        (_folder, _seal, _guard) = (folder, seal, guard);

    /// <summary>The settings that the actor system needs, to be put before all others.</summary>
    public Config Config { get; }

    /// <summary>What is asked of it beyond one actor's history.</summary>
    public IJournalCatalog Catalog { get; }

    /// <summary>What the actor system is set up with.</summary>
    public IReadOnlyList<Setup> Setups => _folder is null || _seal is null
        ? []
        : [new DataOptionsSetup(JournalConnections.OptionsFor(_folder.Database, _seal, _guard)),
            new JournalSealSetup(_seal)];

    /// <summary>A journal that is gone with its actor system.</summary>
    public static NodeJournal OfMemory() =>
        new(new(), ConfigurationFactory.ParseString(InMemory), new EmptyCatalog());

    /// <summary>Whether there is a journal in a folder, in whatever state.</summary>
    public static bool Exists(string folder) => JournalFolder.Exists(folder);

    /// <summary>Begins an empty journal; opens one that is there.</summary>
    /// <exception cref="JournalException">It can't be used; the message says why.</exception>
    public static NodeJournal OpenOrCreate(string folder, Identity identity, JournalOptions? options = null) =>
        Of(JournalFolder.OpenOrCreate(folder), identity, options ?? new());

    /// <summary>
    /// Opens the journal of a folder and makes sure that it is whole, this identity's, and that nobody changed it.
    /// </summary>
    /// <exception cref="JournalException">It can't be used, or is gone; the message says why.</exception>
    public static NodeJournal Open(string folder, Identity identity, JournalOptions? options = null) =>
        Of(JournalFolder.Open(folder), identity, options ?? new());

    /// <summary>The folder; null for a journal that is gone with its actor system.</summary>
    public string? Folder => _folder?.Path;

    /// <summary>Whether it is a copy of an older state: what is in it may have been revoked since.</summary>
    public bool IsCopy { get; private set; }

    /// <summary>The operator says that it is no older copy: the folder was moved while no node ran on it.</summary>
    public void Accept()
    {
        _folder?.Accept();
        IsCopy = false;
    }

    /// <summary>Writes to it as an event is written, durably, and changes nothing; throws what an event's writer would
    /// see.</summary>
    /// <remarks>What was deleted under the running node is put back; the probe throws all the same, that once.</remarks>
    public Task ProbeAsync() => _folder is null ? Task.CompletedTask : Task.Run(Probe);

    /// <summary>Starts what keeps it clean.</summary>
    public void StartUpkeep(IActorRefFactory system)
    {
        if (_folder is { Database: var database } && _guard is { } guard)
            system.ActorOf(
                ActorProps.Of(() => new CheckpointActor(database, guard.Check, _options.CheckpointInterval)),
                "checkpoint");
    }

    /// <summary>Closes it, once the actor system has ended.</summary>
    public void Dispose()
    {
        if (_folder is null)
            return;
        _guard?.Dispose();
        using (var connection = new SqliteConnection(JournalConnections.ConnectionString(_folder.Database)))
            SqliteConnection.ClearPool(connection);
        _seal?.Dispose();
        _folder.Dispose();
    }

    /// <summary>
    /// The bytes of an event as they lie in the file, to look for them when they must be gone; null if there is none.
    /// </summary>
    public async Task<byte[]?> BytesAtRestAsync(string persistenceId, long sequenceNr)
    {
        if (_folder is null || _seal is null)
            return null;
        var options = JournalConnections.OptionsFor(_folder.Database, _seal);
        return await SqlCatalog.BytesAtRestAsync(options, persistenceId, sequenceNr);
    }

    private void Probe()
    {
        var (folder, guard) = (_folder!, _guard!); // whoever has the one has the other
        folder.RequireFiles();
        if (guard.TryPutBack(() => folder.TryMakeAgain(isCopy: true)))
        {
            if (!IsCopy)
                folder.Accept();
            folder.SyncNames();
            throw new JournalException($"{folder.Database} or its log was deleted under the running node and is put back",
                "Find out who deletes there.");
        }

        guard.Check();
        if (folder.TryMakeAgain(IsCopy))
        {
            folder.SyncNames();
            throw new JournalException(
                $"a file of the journal in {folder.Path} was deleted under the running node and is put back",
                "Find out who deletes there.");
        }

        JournalSchema.Touch(folder.Database);
    }

    private static NodeJournal Of(JournalFolder folder, Identity identity, JournalOptions options)
    {
        var seal = new JournalSeal(identity.JournalKey, new OperatingSystemRandom());
        try
        {
            folder.NoteIfNew();
            var isCopy = folder.IsCopy;
            JournalSchema.Ensure(folder.Database, seal);
            folder.SyncNames();
            var batch = $"akka.persistence.journal.sql.batch-size = {options.BatchSize}";
            var config = ConfigurationFactory.ParseString(string.Join('\n', EventSerializer.Settings, Sql, batch))
                .WithFallback(SqlPersistence.DefaultConfiguration);
            var guard = new JournalGuard(folder.Database);
            return new NodeJournal(folder, seal, guard, options, config) { IsCopy = isCopy };
        }
        catch
        {
            seal.Dispose();
            folder.Dispose();
            throw;
        }
    }
}

using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
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

    private readonly IJournalStore? _store;
    private readonly JournalSeal? _seal;
    private readonly JournalOptions _options;

    private NodeJournal(JournalOptions options, Config config, IJournalCatalog catalog) =>
        (_options, Config, Catalog) = (options, config, catalog);

    private NodeJournal(IJournalStore store, JournalSeal seal, JournalOptions options, Config config)
        : this(options, config, new SqlCatalog(store.Options, seal)) => (_store, _seal) = (store, seal);

    /// <summary>The settings that the actor system needs, to be put before all others.</summary>
    public Config Config { get; }

    /// <summary>What is asked of it beyond one actor's history.</summary>
    public IJournalCatalog Catalog { get; }

    /// <summary>What the actor system is set up with.</summary>
    public IReadOnlyList<Setup> Setups => _store is null || _seal is null
        ? []
        : [new DataOptionsSetup(_store.Options), new JournalSealSetup(_seal)];

    /// <summary>A journal that is gone with its actor system.</summary>
    public static NodeJournal OfMemory() =>
        new(new(), ConfigurationFactory.ParseString(InMemory), new EmptyCatalog());

    /// <summary>Whether there is a journal in a folder, in whatever state.</summary>
    public static bool Exists(string folder) => JournalFolder.Exists(folder);

    /// <summary>Begins an empty journal; opens one that is there.</summary>
    /// <exception cref="JournalException">It can't be used; the message says why.</exception>
    public static NodeJournal OpenOrCreate(string folder, Identity identity, JournalOptions? options = null) =>
        Of(folder, identity, options ?? new(), mayBegin: true);

    /// <summary>
    /// Opens the journal of a folder and makes sure that it is whole, this identity's, and that nobody changed it.
    /// </summary>
    /// <exception cref="JournalException">It can't be used, or is gone; the message says why.</exception>
    public static NodeJournal Open(string folder, Identity identity, JournalOptions? options = null) =>
        Of(folder, identity, options ?? new(), mayBegin: false);

    /// <summary>The folder that it fills; null for a server's, and for one that is gone with its actors.</summary>
    public string? Folder => _store?.Folder;

    /// <summary>Whether it is a copy of an older state, or nobody knows: what is in it may have been revoked since.
    /// </summary>
    public bool IsCopy => _store?.IsCopy ?? false;

    /// <summary>The operator says that it is no older copy: it was moved while no node ran on it.</summary>
    public void Accept() => _store?.Accept();

    /// <summary>Writes to it as an event is written, durably, and changes nothing; throws what an event's writer would
    /// see.</summary>
    public Task ProbeAsync() => _store is null ? Task.CompletedTask : Task.Run(_store.Probe);

    /// <summary>Starts what keeps it clean.</summary>
    public void StartUpkeep(IActorRefFactory system) => _store?.StartUpkeep(system, _options);

    /// <summary>Closes it, once the actor system has ended.</summary>
    public void Dispose()
    {
        _store?.Dispose();
        _seal?.Dispose();
    }

    /// <summary>
    /// The bytes of an event as they lie there, to look for them when they must be gone; null if there is none.
    /// </summary>
    public async Task<byte[]?> BytesAtRestAsync(string persistenceId, long sequenceNr) =>
        _store is null ? null : await SqlCatalog.BytesAtRestAsync(_store.Options, persistenceId, sequenceNr);

    private static NodeJournal Of(string folder, Identity identity, JournalOptions options, bool mayBegin)
    {
        var seal = new JournalSeal(identity.JournalKey, new OperatingSystemRandom());
        try
        {
            var store = OpenStore(folder, options, mayBegin, seal);
            string[] settings =
            [
                EventSerializer.Settings, Sql, $"akka.persistence.journal.sql.provider-name = \"{store.Provider}\"",
                $"akka.persistence.journal.sql.batch-size = {options.BatchSize}",
            ];
            var config = ConfigurationFactory.ParseString(string.Join('\n', settings))
                .WithFallback(SqlPersistence.DefaultConfiguration);
            return new NodeJournal(store, seal, options, config);
        }
        catch
        {
            seal.Dispose();
            throw;
        }
    }

    private static IJournalStore OpenStore(string folder, JournalOptions options, bool mayBegin, JournalSeal seal)
    {
        if (options.Postgresql.Length > 0)
            return PostgresStore.Open(options.Postgresql, mayBegin, seal);
        return SqliteStore.Of(mayBegin ? JournalFolder.OpenOrCreate(folder) : JournalFolder.Open(folder), seal);
    }
}

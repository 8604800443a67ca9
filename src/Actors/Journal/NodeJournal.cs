using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Where a node keeps its policies and grants: everything that an actor system needs to know of it.</summary>
/// <remarks>
/// Its settings win over those of a file, because durability and erasure depend on them. <c>replay-filter.mode = off</c>: the filter drops
/// acknowledged events of an actor that moved between processes, and with them revocations; duplicates are impossible by the unique index.
/// </remarks>
public sealed class NodeJournal : IDisposable
{
    private const string Sql = """
        akka.persistence {
          snapshot-store.plugin = "akka.persistence.no-snapshot-store"
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
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
    private readonly JournalOptions _options;

    private NodeJournal(JournalFolder? folder, JournalOptions options, Config config, IJournalCatalog catalog) =>
        (_folder, _options, Config, Catalog) = (folder, options, config, catalog);

    /// <summary>The settings that the actor system needs, to be put before all others.</summary>
    public Config Config { get; }

    /// <summary>What is asked of it beyond one actor's history.</summary>
    public IJournalCatalog Catalog { get; }

    /// <summary>What the actor system is set up with.</summary>
    public Setup? Setup => _folder is null ? null : new DataOptionsSetup(JournalConnections.OptionsFor(_folder.Database));

    /// <summary>A journal that is gone with its actor system.</summary>
    public static NodeJournal OfMemory() =>
        new(null, new(), ConfigurationFactory.ParseString(EventSerializer.Settings + "\n" + InMemory), new EmptyCatalog());

    /// <summary>Whether there is a journal in a folder, in whatever state.</summary>
    public static bool Exists(string folder) => JournalFolder.Exists(folder);

    /// <summary>Begins an empty journal; opens one that is there.</summary>
    /// <exception cref="JournalException">It can't be used; the message says why.</exception>
    public static NodeJournal OpenOrCreate(string folder, JournalOptions? options = null) =>
        Of(JournalFolder.OpenOrCreate(folder), options ?? new());

    /// <summary>Opens the journal of a folder and makes sure that it is whole.</summary>
    /// <exception cref="JournalException">It can't be used, or is gone; the message says why.</exception>
    public static NodeJournal Open(string folder, JournalOptions? options = null) => Of(JournalFolder.Open(folder), options ?? new());

    /// <summary>Starts what keeps it clean.</summary>
    public void StartUpkeep(IActorRefFactory system)
    {
        if (_folder is { Database: var database })
            system.ActorOf(ActorProps.Of(() => new CheckpointActor(database, _options.CheckpointInterval)), "checkpoint");
    }

    /// <summary>Closes it, once the actor system has ended.</summary>
    public void Dispose()
    {
        if (_folder is null)
            return;
        using (var connection = new SqliteConnection(JournalConnections.ConnectionString(_folder.Database)))
            SqliteConnection.ClearPool(connection);
        _folder.Dispose();
    }

    private static NodeJournal Of(JournalFolder folder, JournalOptions options)
    {
        try
        {
            JournalSchema.Ensure(folder.Database);
            var batch = $"akka.persistence.journal.sql.batch-size = {options.BatchSize}";
            var config = ConfigurationFactory.ParseString(string.Join('\n', EventSerializer.Settings, Sql, batch))
                .WithFallback(SqlPersistence.DefaultConfiguration);
            return new NodeJournal(folder, options, config, new SqlCatalog(JournalConnections.OptionsFor(folder.Database)));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}

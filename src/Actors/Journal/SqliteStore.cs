using LinqToDB;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>The embedded journal: a folder of this node's alone.</summary>
internal sealed class SqliteStore : IJournalStore
{
    private readonly JournalFolder _folder;
    private readonly JournalGuard _guard;

    private SqliteStore(JournalFolder folder, JournalSeal seal, bool isCopy)
    {
        (_folder, IsCopy, _guard) = (folder, isCopy, new JournalGuard(folder.Database));
        Options = JournalConnections.OptionsFor(folder.Database, seal, _guard);
    }

    /// <inheritdoc/>
    public string Folder => _folder.Path;

    /// <inheritdoc/>
    public DataOptions Options { get; }

    /// <inheritdoc/>
    public string Provider => ProviderName.SQLiteMS;

    /// <inheritdoc/>
    public bool IsCopy { get; private set; }

    /// <summary>Takes a folder whose lock is held; lets it go if it can't be used.</summary>
    /// <exception cref="JournalException">It can't be used; the message says why.</exception>
    public static SqliteStore Of(JournalFolder folder, JournalSeal seal)
    {
        try
        {
            folder.NoteIfNew();
            var isCopy = folder.IsCopy;
            JournalSchema.Ensure(folder.Database, seal);
            folder.SyncNames();
            return new SqliteStore(folder, seal, isCopy);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Accept()
    {
        _folder.Accept();
        IsCopy = false;
    }

    /// <inheritdoc/>
    /// <remarks>What was deleted under the running node is put back; it throws all the same, that once.</remarks>
    public void Probe()
    {
        _folder.RequireFiles();
        if (_guard.TryPutBack(() => _folder.TryMakeAgain(isCopy: true)))
        {
            if (!IsCopy)
                _folder.Accept();
            _folder.SyncNames();
            throw Deleted($"{_folder.Database} or its log");
        }

        _guard.Check();
        if (_folder.TryMakeAgain(IsCopy))
        {
            _folder.SyncNames();
            throw Deleted($"a file of the journal in {_folder.Path}");
        }

        JournalSchema.Touch(_folder.Database);
    }

    /// <inheritdoc/>
    public void StartUpkeep(IActorRefFactory system, JournalOptions options)
    {
        var (database, check) = (_folder.Database, (Action)_guard.Check);
        system.ActorOf(
            ActorProps.Of(() => new CheckpointActor(database, check, options.CheckpointInterval)), "checkpoint");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _guard.Dispose();
        using (var connection = new SqliteConnection(JournalConnections.ConnectionString(_folder.Database)))
            SqliteConnection.ClearPool(connection);
        _folder.Dispose();
    }

    private static JournalException Deleted(string what) =>
        new($"{what} was deleted under the running node and is put back", "Find out who deletes there.");
}

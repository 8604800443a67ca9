namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>What a reader thread does for a caller.</summary>
internal abstract class ReadOperation
{
    /// <summary>Reads, in a transaction of its own, and calls back.</summary>
    public abstract void Run(JournalQueriesOnSqlite queries);

    public abstract void Fail(Exception failure);
}

internal sealed class RecoverOperation(string persistenceId, Action<JournalRecovery> completed) : ReadOperation
{
    public override void Run(JournalQueriesOnSqlite queries) => completed(queries.Recover(persistenceId));

    public override void Fail(Exception failure) => completed(JournalRecovery.Failed(failure));
}

internal sealed class ReplayOperation(
    string persistenceId, long after, Action<IReadOnlyList<JournalEntry>, Exception?> completed) : ReadOperation
{
    public override void Run(JournalQueriesOnSqlite queries) => completed(queries.Page(persistenceId, after), null);

    public override void Fail(Exception failure) => completed([], failure);
}

internal sealed class ReadIdsOperation(
    string prefix, string? after, int maxCount, Action<IReadOnlyList<string>, Exception?> completed) : ReadOperation
{
    public override void Run(JournalQueriesOnSqlite queries) => completed(queries.PersistenceIds(prefix, after, maxCount), null);

    public override void Fail(Exception failure) => completed([], failure);
}

using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>A thread that reads for recoveries.</summary>
internal sealed class JournalReader(SqliteConnection connection, BlockingCollection<ReadOperation> queue, int pageSize)
{
    public void Run()
    {
        using (var queries = new JournalQueriesOnSqlite(connection, pageSize))
        {
            foreach (var operation in queue.GetConsumingEnumerable())
                Run(operation, queries);
        }
    }

    private static void Run(ReadOperation operation, JournalQueriesOnSqlite queries)
    {
        try
        {
            operation.Run(queries);
        }
        catch (SqliteException exception)
        {
            operation.Fail(exception);
        }
    }
}

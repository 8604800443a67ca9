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
#pragma warning disable CA1031 // A damaged row fails in many ways; the actor that waits must hear of each, and the thread must live.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            operation.Fail(exception);
        }
    }
}

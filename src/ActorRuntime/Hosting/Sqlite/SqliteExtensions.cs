using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>Short forms for commands with positional parameters.</summary>
internal static class SqliteExtensions
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A prepared command whose parameters are <c>$1</c>, <c>$2</c>, ….</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i}") });
        command.Prepare();
        return command;
    }

    public static SqliteCommand With(this SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command;
    }

    public static byte[] ToBlob(this ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var segment) && segment.Count == segment.Array!.Length
            ? segment.Array
            : payload.ToArray();
}

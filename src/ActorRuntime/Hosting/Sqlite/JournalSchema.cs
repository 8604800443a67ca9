using Microsoft.Data.Sqlite;

namespace NuCypher.P2P.ActorRuntime.Hosting.Sqlite;

/// <summary>The tables of a journal.</summary>
/// <remarks>Events in a rowid table with a unique index: written in order, which is several times faster than clustered by entity.</remarks>
internal static class JournalSchema
{
    private const long Version = 1;

    public static void Ensure(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version > Version)
            throw new JournalUnusableException(connection.DataSource, $"it is of version {version}, this program knows {Version}.");
        if (version == 0)
            Create(connection);
    }

    private static void Create(SqliteConnection connection) => connection.Execute($"""
        begin immediate;
        create table entity(
            id integer primary key,
            persistence_id text not null unique,
            deleted_to integer not null default 0);
        create table event(
            ordering integer primary key,
            entity integer not null,
            sequence_nr integer not null,
            manifest text not null,
            payload blob not null,
            unique(entity, sequence_nr));
        create table snapshot(
            entity integer not null,
            sequence_nr integer not null,
            timestamp integer not null,
            manifest text not null,
            payload blob not null,
            primary key(entity, sequence_nr));
        create table ownership(epoch integer not null);
        insert into ownership values(0);
        pragma user_version = {Version};
        commit;
        """);
}

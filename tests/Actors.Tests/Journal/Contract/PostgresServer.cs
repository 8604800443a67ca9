using System.Diagnostics;
using Npgsql;

namespace NuCypher.P2P.Actors.Tests.Journal.Contract;

/// <summary>A PostgreSQL server of the tests' own: data in a temporary folder, a socket there, no port.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Role = "node";

    private readonly string _folder = Directory.CreateTempSubdirectory("pg-").FullName;
    private Process? _server;
    private int _schemas;

    /// <summary>Why there is none; null if there is.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Find("initdb") is not { } initdb || Find("postgres") is not { } postgres)
        {
            Missing = "PostgreSQL is not installed";
            return;
        }

        if (IsRoot && !HasUser("postgres"))
        {
            Missing = "PostgreSQL refuses to run as root, and there is no user named postgres";
            return;
        }

        if (IsRoot)
            await RunAsync("chown", "postgres", _folder); // the server refuses to run as root
        await RunAsync([.. AsUser, initdb, "-D", Data, "-A", "trust", "-U", "admin", "--no-sync", "-E", "UTF8"]);
        string[] words = [.. AsUser, postgres, "-D", Data, "-k", _folder, "-c", "listen_addresses="];
        _server = Process.Start(
            new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
        await ReadyAsync(_server);
        await ExecuteAsync(WordsOf("admin", "postgres"), $"create role {Role} login");
        await ExecuteAsync(WordsOf("admin", "postgres"), $"create database {Role} owner {Role}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            using var stop = Process.Start("kill", ["-INT", $"{await PidAsync()}"]); // closes connections, and ends
            await _server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }

        _server?.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Words for an empty schema that nobody else has.</summary>
    public async Task<string> NewSchemaAsync()
    {
        var schema = $"s{Interlocked.Increment(ref _schemas)}";
        await ExecuteAsync(WordsOf(Role, Role), $"create schema {schema}");
        return $"{WordsOf(Role, Role)};Search Path={schema}";
    }

    /// <summary>Does what an operator of the server may do.</summary>
    public static async Task ExecuteAsync(string words, string sql)
    {
        await using var source = NpgsqlDataSource.Create(words);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Does what an operator of the server may do, and reads the answer.</summary>
    public static async Task<object?> ReadAsync(string words, string sql)
    {
        await using var source = NpgsqlDataSource.Create(words);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static bool HasUser(string name) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private static string[] AsUser => IsRoot ? ["runuser", "-u", "postgres", "--"] : [];

    private string Data => Path.Combine(_folder, "data");

    private string WordsOf(string user, string database) => $"Host={_folder};Database={database};Username={user}";

    private static string? Find(string name) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Concat(Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [])
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static async Task RunAsync(params string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', words)}:\n{await output}\n{await error}");
    }

    // Its log is read until it ends, so that the pipe never fills.
    private static async Task ReadyAsync(Process server)
    {
        var ready = new TaskCompletionSource();
        var log = new List<string>();
        server.ErrorDataReceived += (_, e) =>
        {
            log.Add(e.Data ?? "");
            if (e.Data?.Contains("ready to accept connections", StringComparison.Ordinal) == true)
                ready.TrySetResult();
            else if (e.Data is null)
                ready.TrySetException(new InvalidOperationException(string.Join('\n', log)));
        };
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    // The server's own process: what was started may be the program that changed the user.
    private async Task<int> PidAsync() =>
        int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0],
            System.Globalization.CultureInfo.InvariantCulture);
}

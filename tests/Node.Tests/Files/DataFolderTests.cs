using System.Diagnostics;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Tests.CommandLine;

namespace NuCypher.P2P.Node.Tests.Files;

/// <summary>Something else in the place of each file that the program keeps: a refusal, and no wait for ever.</summary>
public sealed class DataFolderTests : IAsyncLifetime
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.File("password"), "correct horse battery\n");
        var made = await RunAsync("init");
        Assert.True(made.Code == ExitCode.Success, made.Error);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory, Trait("Row", "KM-10")]
    [InlineData("keystore"), InlineData("tls.pem"), InlineData("contacts"), InlineData("contacts.lock")]
    [InlineData("peers"), InlineData("records"), InlineData("service"), InlineData("journal/format")]
    [InlineData("journal/instance"), InlineData("journal/journal.db"), InlineData("journal/journal.lock")]
    [InlineData("journal/journal.db-wal")]
    public async Task Run_AnotherKindInPlaceOfAFile_NamesFileAndKind(string name)
    {
        var path = _folder.File($"node/{name}");
        foreach (var (kind, make) in Kinds)
        {
            File.Delete(path);
            await make(path);

            var outcome = await RunAsync("policies").WaitAsync(Generous);

            Assert.Equal(ExitCode.Storage, outcome.Code);
            Assert.Contains($"{path} is {kind}, and should be a file", outcome.Error, StringComparison.Ordinal);
            if (Directory.Exists(path))
                Directory.Delete(path);
        }
    }

    [Theory, InlineData("contacts list"), InlineData("card"), InlineData("status")]
    [InlineData("run --udp 127.0.0.1:0 --https 127.0.0.1:0"), InlineData("certificate renew")]
    [InlineData("backup -o copy"), InlineData("map publish --file x"), InlineData("init")]
    public async Task Run_APipeInPlaceOfAFile_IsRefusedByEveryCommand(string words)
    {
        File.Delete(_folder.File("node/peers"));
        await MakePipeAsync(_folder.File("node/peers"));
        if (words == "init")
            File.Delete(_folder.File("node/keystore"));

        var outcome = await RunAsync(words.Split(' ')).WaitAsync(Generous);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("peers is a named pipe", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AFileInPlaceOfTheJournal_NamesFileAndKind()
    {
        Directory.Delete(_folder.File("node/journal"), recursive: true);
        await File.WriteAllTextAsync(_folder.File("node/journal"), "x");

        var outcome = await RunAsync("policies");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("journal is a file, and should be a folder", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("journal.db", "", "is gone"), InlineData("format", "nucypher-journal 3\n", "another format")]
    public async Task Backup_JournalThatIsLostOrAnotherPrograms_SaysWhatThatMeansAndWritesNothing(
        string name, string content, string words)
    {
        await File.WriteAllTextAsync(_folder.File($"node/journal/{name}"), content);

        var outcome = await RunAsync("backup", "-o", _folder.File("copy"));

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("init --new-journal", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("copy")));
    }

    [Fact]
    public async Task Run_ASocketOrFolderOrEndlessDeviceAsSettings_IsRefused()
    {
        await MakeSocketAsync(_folder.File("socket"));
        foreach (var (path, words) in new[]
        {
            (_folder.File("socket"), "is a socket"), (_folder.File("node"), "is a folder"),
            ("/dev/zero", "is longer than"),
        })
        {
            var scenarioWords = path == _folder.File("node") ? "there is no scenario" : words;
            var settings = await Terminal.RunAsync(
                "init", "--data", _folder.File("other"), "--password-file", _folder.File("password"), "--config", path)
                .WaitAsync(Generous);
            var scenario = await Terminal.RunAsync("simulate", "--scenario", path).WaitAsync(Generous);

            Assert.Contains(words, settings.Error, StringComparison.Ordinal);
            Assert.Contains(scenarioWords, scenario.Error, StringComparison.Ordinal);
        }
    }

    private static (string Kind, Func<string, Task> Make)[] Kinds =>
    [
        ("a named pipe", MakePipeAsync), ("a socket", MakeSocketAsync),
        ("a device", path => { File.CreateSymbolicLink(path, "/dev/zero"); return Task.CompletedTask; }),
        ("a folder", path => { Directory.CreateDirectory(path); return Task.CompletedTask; }),
    ];

    private static async Task MakePipeAsync(string path)
    {
        using var mkfifo = Process.Start("mkfifo", ["-m", "600", path]);
        await mkfifo.WaitForExitAsync();
        Assert.Equal(0, mkfifo.ExitCode);
    }

    // .NET's own would take the name away when it is closed.
    private static async Task MakeSocketAsync(string path)
    {
        var code = $"import socket; socket.socket(socket.AF_UNIX).bind('{path}')";
        using var python = Process.Start("python3", ["-c", code]);
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);
    }

    private Task<Terminal.Outcome> RunAsync(params string[] words) => Terminal.RunAsync(
    [
        .. words, "--data", _folder.File("node"),
        .. words[0] is "contacts" or "status" or "certificate" ? Array.Empty<string>()
            : ["--password-file", _folder.File("password")],
    ]);
}

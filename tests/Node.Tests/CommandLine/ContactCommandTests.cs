using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Contacts;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Tests.Processes;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class ContactCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private string _alice = "";
    private string _bob = "";
    private string _other = "";

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.File("password"), "correct horse battery\n");
        var outcome = await InitAsync("node");
        (_alice, _bob) =
            (outcome.Json.GetProperty("aliceCard").GetString()!, outcome.Json.GetProperty("bobCard").GetString()!);
        _other = (await InitAsync("other")).Json.GetProperty("bobCard").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Card_AtAnyTime_IsTheOneThatInitPrinted()
    {
        var both = await RunAsync("card", "--password-file", _folder.File("password"), "--json");
        var bob = await RunAsync("card", "bob", "--password-file", _folder.File("password"));

        Assert.Equal(
            (_alice, _bob),
            (both.Json.GetProperty("aliceCard").GetString(), both.Json.GetProperty("bobCard").GetString()));
        Assert.Equal($"{_bob}\n", bob.Output);
    }

    [Fact]
    public async Task Card_AsQrCode_IsABlockOfEqualLinesBelowTheCard()
    {
        var outcome = await RunAsync("card", "bob", "--qr", "--password-file", _folder.File("password"));
        var lines = outcome.Output.TrimEnd('\n').Split('\n');

        Assert.Equal(_bob, lines[0]);
        Assert.All(lines[1..], line => Assert.Equal(lines[1].Length, line.Length));
        Assert.Equal((lines[1].Length + 1) / 2, lines.Length - 1);
        Assert.Equal(new string('\u2588', lines[1].Length), lines[1]);
    }

    [Fact]
    public void Of_TooNarrow_SaysHowWide()
    {
        var failure = Assert.Throws<CommandException>(() => QrText.Of(_bob, 40));

        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Contains("40", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_CardsOfBothRoles_AreListedAndRemoved()
    {
        var added = await RunAsync("contacts", "add", "caf\u00e9 Bob", _bob, _alice);
        var again = await RunAsync("contacts", "add", "cafe\u0301 Bob", _bob);
        var listed = await RunAsync("contacts", "list", "--json");
        var removed = await RunAsync("contacts", "remove", "cafe\u0301 Bob");

        Assert.Equal((ExitCode.Success, ExitCode.Success, ExitCode.Success), (added.Code, again.Code, removed.Code));
        Assert.Equal(
            ["alice", "bob"],
            listed.Json.GetProperty("contacts").EnumerateArray().Select(c => c.GetProperty("role").GetString()));
        Assert.Empty(ContactBook.Of(new DataFolder(_folder.File("node"))).Entries);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("node/contacts")));
    }

    [Fact]
    public async Task Add_FourProcessesAtOnce_EachIsInTheBookOrWasRefused()
    {
        string[] names = ["one", "two", "three", "four"];
        var processes = names.Select(name => NodeProcess.Start(
            "contacts", "add", name, _bob, "--data", _folder.File("node"))).ToList();
        var codes = (await Task.WhenAll(processes.Select(p => p.WaitForExitAsync()))).Select(c => (ExitCode)c).ToList();
        var kept = ContactBook.Of(new DataFolder(_folder.File("node"))).Entries.Select(entry => entry.Name).ToList();

        Assert.Contains(ExitCode.Success, codes);
        for (var i = 0; i < names.Length; i++)
        {
            if (codes[i] == ExitCode.Success)
                Assert.Contains(names[i], kept);
            else
                await processes[i].ReadAsync("error: .*contacts can't be changed now");
            await processes[i].DisposeAsync();
        }
    }

    [Fact]
    public async Task Change_ManyAtOnce_LosesNoneThatWasNotRefused()
    {
        const int Threads = 8, Rounds = 25;
        var folder = new DataFolder(_folder.File("node"));
        var refused = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                var name = $"{thread} {i}";
                if (Record.Exception(() => ContactBook.Change(folder, book => book.Add(name, _bob))) is { } failure)
                {
                    Assert.Equal(ExitCode.Storage, Assert.IsType<CommandException>(failure).Code);
                    refused.Add(name);
                }
            }
        })));

        var all = Enumerable.Range(0, Threads).SelectMany(t => Enumerable.Range(0, Rounds).Select(i => $"{t} {i}"));
        Assert.Equal(
            all.Except(refused).Order(StringComparer.Ordinal),
            ContactBook.Of(folder).Entries.Select(entry => entry.Name));
        Assert.True(refused.Count < Threads * Rounds);
    }

    [Fact]
    public async Task Add_AnotherCardOfTheSameName_IsRefused()
    {
        await RunAsync("contacts", "add", "bob", _bob);

        var outcome = await RunAsync("contacts", "add", "bob", _other);

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Equal(_bob, Assert.Single(ContactBook.Of(new DataFolder(_folder.File("node"))).Entries).Card);
    }

    [Theory, InlineData(""), InlineData(" bob"), InlineData("bob1_x"), InlineData("a\tb"), InlineData("a\nb")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Add_NameThatIsNone_IsAUsageError(string name) =>
        Assert.Equal(ExitCode.Usage, (await RunAsync("contacts", "add", name, _bob)).Code);

    [Theory, InlineData("bob1_AAAA"), InlineData("nonsense"), InlineData("=")]
    public async Task Add_CardThatIsNone_IsBadInput(string card) =>
        Assert.Equal(ExitCode.BadInput, (await RunAsync("contacts", "add", "bob", card)).Code);

    [Fact]
    public void Add_BeyondTheLimit_IsRefused()
    {
        var folder = new DataFolder(_folder.File("node"));
        File.WriteAllLines(
            folder.Contacts, Enumerable.Range(0, ContactBook.MaxEntries).Select(i => $"bob {i:D5}\t{_bob}"));

        var failure =
            Assert.Throws<CommandException>(() => ContactBook.Change(folder, book => book.Add("one more", _bob)));

        Assert.Equal(ExitCode.Storage, failure.Code);
        Assert.Equal(ContactBook.MaxEntries, ContactBook.Of(folder).Entries.Count);
    }

    [Theory, InlineData("bob"), InlineData("bob\tbob1_x"), InlineData("bob1_x\tbob1_x"), InlineData("a\tb\tc")]
    public async Task List_DamagedFile_NamesTheLine(string line)
    {
        await File.WriteAllTextAsync(_folder.File("node/contacts"), $"bob\t{_bob}\n{line}\n");

        var outcome = await RunAsync("contacts", "list");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("line 2", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WhileAnotherProgramChangesIt_IsRefused()
    {
        using var other = new FileStream(
            _folder.File("node/contacts.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(ExitCode.Storage, (await RunAsync("contacts", "add", "bob", _bob)).Code);
    }

    [Fact]
    public void Change_WhileItIsChanged_IsRefusedAndLosesNothing()
    {
        var folder = new DataFolder(_folder.File("node"));
        CommandException? refusal = null;

        ContactBook.Change(folder, book =>
        {
            refusal = Assert.Throws<CommandException>(
                () => ContactBook.Change(folder, inner => inner.Add("eve", _other)));
            book.Add("bob", _bob);
        });

        Assert.Equal(ExitCode.Storage, refusal!.Code);
        Assert.Equal("bob", Assert.Single(ContactBook.Of(folder).Entries).Name);
    }

    [Fact]
    public async Task List_FileThatIsNotUtf8_IsDamaged()
    {
        await File.WriteAllBytesAsync(
            _folder.File("node/contacts"), [.. "caf"u8, 0xe9, .. System.Text.Encoding.UTF8.GetBytes($"\t{_bob}\n")]);

        var outcome = await RunAsync("contacts", "list");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("UTF-8", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_AfterTheLastWasRemoved_IsTheOnlyOne()
    {
        await RunAsync("contacts", "add", "bob", _bob);
        await RunAsync("contacts", "remove", "bob");

        var outcome = await RunAsync("contacts", "add", "eve", _other);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal("eve", Assert.Single(ContactBook.Of(new DataFolder(_folder.File("node"))).Entries).Name);
    }

    [Fact]
    public async Task Restore_OfABackup_HasTheAddressBook()
    {
        string[] password = ["--password-file", _folder.File("password")];
        await RunAsync("contacts", "add", "bob", _other);
        var backup = await RunAsync(["backup", "-o", _folder.File("backup"), "--with-kfrags", .. password]);
        await Terminal.RunAsync(["restore", _folder.File("backup"), "--data", _folder.File("again"), .. password]);

        Assert.Contains("a revocation can't reach", backup.Error, StringComparison.Ordinal);
        Assert.Equal(_other, Assert.Single(ContactBook.Of(new DataFolder(_folder.File("again"))).Entries).Card);
    }

    [Fact]
    public async Task Card_QrCodeWiderThanTheTerminal_PrintsNothing()
    {
        Environment.SetEnvironmentVariable("COLUMNS", "40");
        try
        {
            var outcome = await RunAsync("card", "--qr", "--password-file", _folder.File("password"));

            Assert.Equal((ExitCode.Usage, ""), (outcome.Code, outcome.Output));
        }
        finally
        {
            Environment.SetEnvironmentVariable("COLUMNS", null);
        }
    }

    [Theory, InlineData("grant", "--bob"), InlineData("retrieve x -o y", "--alice"), InlineData("revoke", "--bob")]
    public async Task NameThatNobodyHas_AfterACardsOption_SaysHowToAddIt(string command, string option)
    {
        var outcome = await RunAsync([.. command.Split(' '), option, "dave", "--label", "l", "--join", "127.0.0.1:9"]);

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains("contacts add dave", outcome.Error, StringComparison.Ordinal);
    }

    private Task<Terminal.Outcome> InitAsync(string name) => Terminal.RunAsync(
        "init", "--data", _folder.File(name), "--password-file", _folder.File("password"), "--json", "--set",
        "nucypher.keystore.scrypt-log-rounds=10");

    private Task<Terminal.Outcome> RunAsync(params string[] words) =>
        Terminal.RunAsync([.. words, "--data", _folder.File("node")]);
}

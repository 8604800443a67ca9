using System.Text.Json;
using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class SwarmCommandTests(SwarmFixture swarm) : IClassFixture<SwarmFixture>
{
    [Fact]
    public async Task Retrieve_Granted_IsTheSameText()
    {
        var kit = await swarm.EncryptAsync("shared", "for Bob");
        await swarm.GrantAsync("shared", "1h");

        var outcome = await swarm.JoinedAsync(
            "bob", "retrieve", kit, "-o", swarm.File("shared.back"), "--alice", swarm.Alice, "--label", "shared");

        Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
        Assert.Equal("for Bob", await File.ReadAllTextAsync(swarm.File("shared.back")));
        Assert.Equal(2, outcome.Json.GetProperty("threshold").GetInt32());
    }

    [Fact]
    public async Task Retrieve_SeveralKitsGrantedToSeveralBobs_EachReadsAll()
    {
        string[] kits = [await swarm.EncryptAsync("many", "first"), swarm.File("second.kit")];
        await File.WriteAllTextAsync(swarm.File("second"), "second");
        await swarm.RunAsync("alice", "encrypt", swarm.File("second"), "-o", kits[1], "--label", "many");

        var granted = await swarm.JoinedAsync(
            "alice", "grant", "--label", "many", "--bob", swarm.Bob, "--bob", swarm.Eve, "-m", "2", "-n", "3");
        Assert.True(granted.Code == ExitCode.Success, granted.Error);
        Assert.Equal(2, granted.Json.GetProperty("grants").GetArrayLength());
        foreach (var who in new[] { "bob", "eve" })
        {
            var folder = Directory.CreateDirectory(swarm.File($"many-{who}")).FullName;
            var outcome = await swarm.JoinedAsync(
                who, "retrieve", kits[0], kits[1], "-o", folder, "--alice", swarm.Alice, "--label", "many");

            Assert.True(outcome.Code == ExitCode.Success, outcome.Error);
            Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(folder, "many")));
            Assert.Equal("second", await File.ReadAllTextAsync(Path.Combine(folder, "second")));
        }
    }

    [Fact]
    public async Task Grant_ToSeveralBobsOfWhomOneHasItAlready_GrantsToTheOtherAndSaysBoth()
    {
        await swarm.GrantAsync("twice", "1h");

        var outcome = await swarm.JoinedAsync(
            "alice", "grant", "--label", "twice", "--bob", swarm.Bob, "--bob", swarm.Eve, "-m", "2", "-n", "3");

        Assert.Equal(ExitCode.Refused, outcome.Code);
        Assert.Contains($"error: {swarm.Bob}: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"granted to {swarm.Eve}", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_NamesAndNoJoin_UsesContactsAndTheSwarmOfBefore()
    {
        var kit = await swarm.EncryptAsync("named", "by name");
        await Terminal.RunAsync("contacts", "add", "bob", swarm.Bob, "--data", swarm.File("alice"));
        await Terminal.RunAsync("contacts", "add", "alice", swarm.Alice, "--data", swarm.File("bob"));
        foreach (var who in new[] { "alice", "bob" })
            await swarm.JoinedAsync(who, "map", "fetch", "--alice", swarm.Alice, "--label", "none"); // joins once

        var granted = await swarm.RunAsync("alice", "grant", "--label", "named", "--bob", "bob", "-m", "2", "-n", "3");
        var read = await swarm.RunAsync(
            "bob", "retrieve", kit, "-o", swarm.File("named.back"), "--alice", "alice", "--label", "named");
        var configured =
            await Terminal.RunAsync("dht", "find", "x", "--set", $"nucypher.swarm.seeds=[\"{swarm.Join}\"]");

        Assert.True(granted.Code == ExitCode.Success, granted.Error);
        Assert.True(read.Code == ExitCode.Success, read.Error);
        Assert.True(configured.Code == ExitCode.Success, configured.Error);
        Assert.Equal("by name", await File.ReadAllTextAsync(swarm.File("named.back")));
    }

    [Fact]
    [Trait("Row", "PO-03")]
    public async Task Grant_OtherHoursThanNow_RefusesBobUntilTheyAreLifted()
    {
        var kit = await swarm.EncryptAsync("hours", "at its time");
        var later = DateTimeOffset.UtcNow.AddHours(6);
        var hours = $"{later:HH:mm}-{later.AddHours(6):HH:mm}";

        var granted = await swarm.JoinedAsync(
            "alice", "grant", "--label", "hours", "--bob", swarm.Bob, "-m", "2", "-n", "3", "--hours", hours);
        var early = await ReadAsync();
        var listed = await swarm.RunAsync("alice", "policies");
        var renewed = await swarm.JoinedAsync(
            "alice", "renew", "--label", "hours", "--bob", swarm.Bob, "--for", "2d", "--at-any-time");
        var read = await ReadAsync();

        Assert.True(granted.Code == ExitCode.Success, granted.Error);
        Assert.Equal(ExitCode.Refused, early.Code);
        Assert.Contains(
            "at other hours", early.Json.GetProperty("error").GetProperty("what").GetString(),
            StringComparison.Ordinal);
        Assert.Contains($"mon-sun {hours} UTC", listed.Output, StringComparison.Ordinal);
        Assert.True(renewed.Code == ExitCode.Success, renewed.Error);
        Assert.Equal(JsonValueKind.Null, renewed.Json.GetProperty("grant").GetProperty("hours").ValueKind);
        Assert.True(read.Code == ExitCode.Success, read.Error);
        Assert.Equal("at its time", await File.ReadAllTextAsync(swarm.File("hours.back")));

        Task<Terminal.Outcome> ReadAsync() => swarm.JoinedAsync(
            "bob", "retrieve", kit, "-o", swarm.File("hours.back"), "--alice", swarm.Alice, "--label", "hours");
    }

    [Theory]
    [InlineData("--hours", "never")]
    [InlineData("--between", "2030-01-01T00:00/2031-01-01T00:00Z")] // no offset
    [InlineData("--between", "2031-01-01T00:00Z/2030-01-01T00:00Z")]
    [InlineData("--between", "2030-01-01/2031-01-01")]
    [InlineData("--between", "2020-01-01T00:00Z/2021-01-01T00:00Z")] // long ago
    public async Task Grant_HoursOrIntervalsThatCannotBe_IsAUsageError(string option, string text)
    {
        var outcome = await swarm.JoinedAsync(
            "alice", "grant", "--label", "x", "--bob", swarm.Bob, "-m", "2", "-n", "3", option, text);

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains(option, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renew_AtAnyTimeAndHours_IsAUsageError()
    {
        var outcome = await swarm.JoinedAsync(
            "alice", "renew", "--label", "x", "--bob", swarm.Bob, "--at-any-time", "--hours", "09:00-10:00");

        Assert.Equal(ExitCode.Usage, outcome.Code);
    }

    [Fact]
    public async Task Grant_NoJoinAndNoSwarmOfBefore_SaysWhatToGive()
    {
        File.Delete(Path.Combine(swarm.File("eve"), "peers"));

        var outcome = await swarm.RunAsync("eve", "grant", "--label", "x", "--bob", swarm.Bob);

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains("--join", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retrieve_NotGranted_FindsNoMapAndWritesNothing()
    {
        var kit = await swarm.EncryptAsync("private", "not for Bob");

        var outcome = await swarm.JoinedAsync(
            "bob", "retrieve", kit, "-o", swarm.File("private.back"), "--alice", swarm.Alice, "--label", "private");

        Assert.Equal(ExitCode.NotFound, outcome.Code);
        Assert.False(File.Exists(swarm.File("private.back")));
    }

    [Fact]
    public async Task Retrieve_AnotherBob_FindsNoMap()
    {
        var kit = await swarm.EncryptAsync("bobs", "for Bob alone");
        await swarm.GrantAsync("bobs", "1h");

        var outcome = await swarm.JoinedAsync(
            "eve", "retrieve", kit, "-o", swarm.File("bobs.back"), "--alice", swarm.Alice, "--label", "bobs");

        Assert.Equal(ExitCode.NotFound, outcome.Code);
    }

    [Fact]
    public async Task Retrieve_KitOfAnotherLabel_IsBadInput()
    {
        var kit = await swarm.EncryptAsync("one", "text");
        await swarm.GrantAsync("two", "1h");

        var outcome = await swarm.JoinedAsync(
            "bob", "retrieve", kit, "-o", swarm.File("one.back"), "--alice", swarm.Alice, "--label", "two");

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains("another label than two", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(swarm.File("one.back")));
    }

    [Fact]
    public async Task Revoke_Granted_EndsIt()
    {
        var kit = await swarm.EncryptAsync("recalled", "for a while");
        await swarm.GrantAsync("recalled", "1h");

        var revoked = await swarm.JoinedAsync("alice", "revoke", "--label", "recalled", "--bob", swarm.Bob);
        var read = await swarm.JoinedAsync(
            "bob", "retrieve", kit, "-o", swarm.File("recalled.back"), "--alice", swarm.Alice, "--label", "recalled");
        var renewed = await swarm.JoinedAsync("alice", "renew", "--label", "recalled", "--bob", swarm.Bob);

        Assert.True(revoked.Code == ExitCode.Success, revoked.Error);
        Assert.Equal(ExitCode.Refused, read.Code);
        Assert.Contains("Alice revoked the policy", read.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, renewed.Code);
        Assert.Equal("Revoked", await StatusOfAsync("recalled"));
    }

    [Fact]
    public async Task MapPublish_CopyOfARevokedPolicysMap_IsKeptByNobody()
    {
        var kit = await swarm.EncryptAsync("copied", "for a while");
        await swarm.GrantAsync("copied", "1h");
        var saved = await swarm.JoinedAsync(
            "bob", "map", "fetch", "--alice", swarm.Alice, "--label", "copied", "--save", swarm.File("map"));
        var revoked = await swarm.JoinedAsync("alice", "revoke", "--label", "copied", "--bob", swarm.Bob);

        var published = await swarm.JoinedAsync("bob", "map", "publish", "--file", swarm.File("map"));
        var read = await swarm.JoinedAsync(
            "bob", "retrieve", kit, "-o", swarm.File("copied.back"), "--alice", swarm.Alice, "--label", "copied");

        Assert.True(saved.Code == ExitCode.Success, saved.Error);
        Assert.True(revoked.Code == ExitCode.Success, revoked.Error);
        Assert.NotEqual(ExitCode.Success, published.Code);
        Assert.Contains("Alice revoked the policy", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recover_JournalLost_FindsTheGrantAndRevokesIt()
    {
        var kit = await swarm.EncryptAsync("lost", "for a while");
        await swarm.GrantAsync("lost", "1h");
        var journal = Path.Combine(swarm.File("alice"), "journal");
        Directory.Move(journal, swarm.File("lost-journal"));
        try
        {
            await swarm.RunAsync("alice", "init", "--new-journal");
            var unknown = await swarm.JoinedAsync("alice", "revoke", "--label", "lost", "--bob", swarm.Bob);
            var recovered = await swarm.JoinedAsync(
                "alice", "recover", "--label", "lost", "--label", "never", "--bob", swarm.Bob, "--bob", swarm.Eve);
            var again = await swarm.JoinedAsync("alice", "recover", "--label", "lost", "--bob", swarm.Bob);
            var silent =
                await swarm.JoinedAsync("alice", "renew", "--label", "lost", "--bob", swarm.Bob, "--for", "2h");
            var renewed = await swarm.JoinedAsync(
                "alice", "renew", "--label", "lost", "--bob", swarm.Bob, "--for", "2h", "--at-any-time");
            var revoked = await swarm.JoinedAsync("alice", "revoke", "--label", "lost", "--bob", swarm.Bob);
            var read = await swarm.JoinedAsync(
                "bob", "retrieve", kit, "-o", swarm.File("lost.back"), "--alice", swarm.Alice, "--label", "lost");

            Assert.Equal(ExitCode.NotFound, unknown.Code);
            Assert.True(recovered.Code == ExitCode.Success, recovered.Error);
            Assert.Equal(
                "lost", Assert.Single(recovered.Json.GetProperty("policies").EnumerateArray()).GetProperty("label")
                .GetString());
            Assert.Equal(ExitCode.Usage, silent.Code); // a map doesn't tell the hours
            Assert.True(renewed.Code == ExitCode.Success, renewed.Error);
            Assert.Equal((ExitCode.Success, ExitCode.Success, ExitCode.Refused), (again.Code, revoked.Code, read.Code));
        }
        finally
        {
            Directory.Delete(journal, recursive: true);
            Directory.Move(swarm.File("lost-journal"), journal);
        }
    }

    [Fact]
    public async Task Recover_NeverGranted_IsNotFound()
    {
        var outcome = await swarm.JoinedAsync("alice", "recover", "--label", "never granted", "--bob", swarm.Bob);

        Assert.Equal(ExitCode.NotFound, outcome.Code);
    }

    [Fact]
    public async Task Retrieve_TimeOver_IsNotFoundOrRefused()
    {
        var kit = await swarm.EncryptAsync("short", "for two seconds");
        await swarm.GrantAsync("short", "2s");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await StatusOfAsync("short") != "Expired")
            limit.Token.ThrowIfCancellationRequested();

        var outcome = await swarm.JoinedAsync(
            "bob", "retrieve", kit, "-o", swarm.File("short.back"), "--alice", swarm.Alice, "--label", "short");

        Assert.Contains(outcome.Code, new[] { ExitCode.NotFound, ExitCode.Refused });
        Assert.False(File.Exists(swarm.File("short.back")));
    }

    [Fact]
    public async Task Grant_MoreSharesThanUrsulas_GrantsNothing()
    {
        var outcome = await swarm.JoinedAsync(
            "alice", "grant", "--label", "greedy", "--bob", swarm.Bob, "-m", "2", "-n", "5", "--deadline", "3s");

        Assert.Equal(ExitCode.TooFewUrsulas, outcome.Code);
        Assert.Equal(JsonValueKind.Array, outcome.Json.GetProperty("ursulas").ValueKind);
        Assert.NotEqual("Active", await StatusOfAsync("greedy")); // what was sent is being revoked
    }

    [Fact]
    [Trait("Row", "SE-05"), Trait("Row", "SE-21")]
    public async Task Grant_InWords_SaysFirstHowLikelyItIsThatItsUrsulasConspire()
    {
        var outcome = await Terminal.RunAsync(
            "grant", "--label", "planned", "--bob", swarm.Bob, "-m", "2", "-n", "3", "--join", swarm.Join,
            "--data", swarm.File("alice"), "--password-file", swarm.File("password"));

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.StartsWith(
            "if 20 % of all nodes conspired, 2 of these 3 would be theirs in 10.4 % of grants", outcome.Error,
            StringComparison.Ordinal);
    }

    [Theory, InlineData("0", "3"), InlineData("4", "3"), InlineData("2", "33")]
    public async Task Grant_ImpossibleThreshold_IsAUsageError(string threshold, string shares)
    {
        var outcome = await swarm.JoinedAsync(
            "alice", "grant", "--label", "x", "--bob", swarm.Bob, "-m", threshold, "-n", shares);

        Assert.Equal(ExitCode.Usage, outcome.Code);
    }

    [Fact]
    public async Task Grant_AliceCardForBob_SaysSo()
    {
        var outcome = await swarm.JoinedAsync("alice", "grant", "--label", "x", "--bob", swarm.Alice);

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains("OtherRole", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("grant"), InlineData("renew"), InlineData("revoke"), InlineData("retrieve")]
    public async Task Deadline_LongerThanATimerOrNone_IsRefusedBeforeAnythingIsTried(string command)
    {
        string[] more = command == "retrieve" ? ["x", "-o", "y", "--alice", swarm.Alice] : ["--bob", swarm.Bob];
        foreach (var deadline in new[] { "60d", "25h", "soon", "0s" })
        {
            var outcome = await swarm.JoinedAsync(
                "alice", [command, .. more, "--label", "x", "--deadline", deadline]);

            Assert.Equal(ExitCode.Usage, outcome.Code);
            Assert.Contains("--deadline", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Grant_TimeThatIsOverAtOnce_SaysSo()
    {
        var outcome = await swarm.JoinedAsync(
            "alice", "grant", "--label", "brief", "--bob", swarm.Bob, "-m", "2", "-n", "3", "--for", "1ms");

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains("--for", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("renew"), InlineData("revoke")]
    public async Task Order_UnknownGrant_IsNotFound(string command)
    {
        var outcome = await swarm.JoinedAsync("alice", command, "--label", "never granted", "--bob", swarm.Bob);

        Assert.Equal(ExitCode.NotFound, outcome.Code);
    }

    [Fact]
    public async Task Grant_FolderInUse_SaysSo()
    {
        using var eve = swarm.IdentityOf("eve");
        using var journal = NodeJournal.OpenOrCreate(Path.Combine(swarm.File("eve"), "journal"), eve);

        var outcome = await swarm.JoinedAsync("eve", "grant", "--label", "x", "--bob", swarm.Bob);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("in use", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_SilentSeed_SaysWhich()
    {
        var outcome = await Terminal.RunAsync("dht", "find", "x", "--join", "127.0.0.1:9");

        Assert.Equal(ExitCode.Network, outcome.Code);
        Assert.Contains("127.0.0.1:9", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("nonsense"), InlineData("127.0.0.1"), InlineData("127.0.0.1:99999"), InlineData(":5")]
    public async Task Join_NoAddress_IsAUsageError(string address)
    {
        var outcome = await Terminal.RunAsync("dht", "find", "x", "--join", address);

        Assert.Equal(ExitCode.Usage, outcome.Code);
    }

    [Fact]
    public async Task Map_FetchedAndPublished_IsTheSame()
    {
        await swarm.GrantAsync("mapped", "1h");

        var fetched = await swarm.JoinedAsync(
            "bob", "map", "fetch", "--alice", swarm.Alice, "--label", "mapped", "--save", swarm.File("map"));
        var published = await swarm.JoinedAsync("eve", "map", "publish", "--file", swarm.File("map"));
        var again = await swarm.JoinedAsync("alice", "map", "publish", "--label", "mapped", "--bob", swarm.Bob);

        Assert.True(fetched.Code == ExitCode.Success, fetched.Error);
        Assert.Equal(3, fetched.Json.GetProperty("ursulas").GetArrayLength());
        Assert.Equal((ExitCode.Success, ExitCode.Success), (published.Code, again.Code));
        Assert.Equal(again.Json.GetProperty("key").GetString(), published.Json.GetProperty("key").GetString());
    }

    [Fact]
    public async Task MapPublish_AlteredFile_IsBadInput()
    {
        await File.WriteAllTextAsync(swarm.File("bad-map"), "this is no map");

        var outcome = await swarm.JoinedAsync("alice", "map", "publish", "--file", swarm.File("bad-map"));

        Assert.Equal(ExitCode.BadInput, outcome.Code);
    }

    [Fact]
    public async Task Dht_FindAndPing_ShowTheNodes()
    {
        var found = await Terminal.RunAsync("dht", "find", "x", "--join", swarm.Join, "--json");
        var ping = await Terminal.RunAsync("dht", "ping", "--join", swarm.Join, "--json");

        Assert.Equal(3, found.Json.GetProperty("nodes").GetArrayLength());
        Assert.Equal(40, ping.Json.GetProperty("nodes")[0].GetProperty("nodeId").GetString()!.Length);
    }

    [Fact]
    public async Task DhtTrace_ValueOfEveryNode_ShowsWhoWasAskedAndHasIt()
    {
        await Terminal.RunAsync("dht", "set", "traced", "green", "--join", swarm.Join);

        var json = await TraceAsync("traced", "--json");
        var text = await TraceAsync("traced");
        var nothing = await TraceAsync("never set", "--json");

        Assert.Equal(3, json.Json.GetProperty("values").GetInt32());
        Assert.All(
            json.Json.GetProperty("hops").EnumerateArray(),
            hop => Assert.Equal("Value", hop.GetProperty("end").GetString()));
        Assert.Contains("has it", text.Output, StringComparison.Ordinal);
        Assert.Contains("values  from 3 of 3 asked", text.Output, StringComparison.Ordinal);
        Assert.Equal(0, nothing.Json.GetProperty("values").GetInt32());
        Assert.Equal("Contacts", nothing.Json.GetProperty("hops")[0].GetProperty("end").GetString());

        // Waits for each that it asked, however slow the machine is.
        Task<Terminal.Outcome> TraceAsync(string key, params string[] more) => Terminal.RunAsync(
            ["dht", "trace", key, "--join", swarm.Join, "--set", "nucypher.dht.quorum-grace=20s", .. more]);
    }

    [Theory, InlineData("str", "green", "green"), InlineData("int", "-42", "-42"), InlineData("bytes", "00ff", "00ff")]
    public async Task Dht_PlainValue_ComesBack(string type, string value, string shown)
    {
        var set = await Terminal.RunAsync("dht", "set", $"a {type}", "--type", type, "--join", swarm.Join, "--", value);
        var get = await Terminal.RunAsync("dht", "get", $"a {type}", "--join", swarm.Join, "--json");

        Assert.True(set.Code == ExitCode.Success, set.Error);
        Assert.Equal(shown, get.Json.GetProperty("value").GetString());
    }

    [Fact]
    public async Task Dht_ValueWithEscapeSequences_IsShownHarmless()
    {
        await Terminal.RunAsync("dht", "set", "escape", "\u001b[2Jgone", "--join", swarm.Join);
        var get = await Terminal.RunAsync("dht", "get", "escape", "--join", swarm.Join);

        Assert.Equal("\\u001b[2Jgone\n", get.Output);
    }

    [Fact]
    public async Task Dht_NoSuchValue_IsNotFound()
    {
        var get = await Terminal.RunAsync("dht", "get", "never set", "--join", swarm.Join);

        Assert.Equal(ExitCode.NotFound, get.Code);
    }

    [Theory, InlineData("int", "green"), InlineData("bytes", "abc"), InlineData("bytes", "xy")]
    [InlineData("int", "9223372036854775808")]
    public async Task Dht_ValueThatIsNotOfItsType_IsBadInput(string type, string value)
    {
        var set = await Terminal.RunAsync("dht", "set", "bad", value, "--type", type, "--join", swarm.Join);

        Assert.Equal(ExitCode.BadInput, set.Code);
    }

    private async Task<string?> StatusOfAsync(string label)
    {
        var policies = await swarm.RunAsync("alice", "policies");
        return policies.Json.GetProperty("policies").EnumerateArray()
            .Where(p => p.GetProperty("label").GetString() == label)
            .Select(p => p.GetProperty("status").GetString())
            .SingleOrDefault();
    }
}

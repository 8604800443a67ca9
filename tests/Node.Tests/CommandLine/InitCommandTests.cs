using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class InitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InitCommandTests() => File.WriteAllText(PasswordFile, "correct horse battery\n");

    private string PasswordFile => _folder.File("password");

    private string Data => _folder.File("node");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Row", "CR-21")]
    public async Task Init_NewFolder_PrintsTheIdentityAndKeepsItToItsOwner()
    {
        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile, "--json");

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal(40, outcome.Json.GetProperty("nodeId").GetString()!.Length);
        Assert.StartsWith("alice1_", outcome.Json.GetProperty("aliceCard").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("bob1_", outcome.Json.GetProperty("bobCard").GetString(), StringComparison.Ordinal);
        Assert.All(
            Directory.GetFiles(Data),
            f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Data) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead));
    }

    [Fact]
    [Trait("Row", "CR-21")]
    public async Task Phrase_LaterThanInit_RestoresTheSameIdentity()
    {
        var made = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile, "--json");
        var words = _folder.File("words");

        var saved = await Terminal.RunAsync("phrase", words, "--data", Data, "--password-file", PasswordFile, "--json");
        var again = await Terminal.RunAsync("phrase", words, "--data", Data, "--password-file", PasswordFile, "--json");
        var restored = await Terminal.RunAsync(
            "init", "--data", _folder.File("again"), "--password-file", PasswordFile, "--restore-phrase", words,
            "--json");

        Assert.Equal((ExitCode.Success, ExitCode.Storage, ExitCode.Success), (saved.Code, again.Code, restored.Code));
        Assert.Equal(made.Json.GetProperty("nodeId").GetString(), restored.Json.GetProperty("nodeId").GetString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(words));
    }

    [Fact]
    [Trait("Row", "CR-21")]
    public async Task Init_SeedFromElsewhere_AsBytesOrDigitsIsTheSameIdentity()
    {
        var seed = System.Security.Cryptography.SHA256.HashData("dice"u8);
        await File.WriteAllBytesAsync(_folder.File("bytes"), seed);
        await File.WriteAllTextAsync(_folder.File("lower"), $"{Convert.ToHexStringLower(seed)}\n");
        await File.WriteAllTextAsync(_folder.File("upper"), Convert.ToHexString(seed));
        var ids = new List<string?>();
        foreach (var name in new[] { "bytes", "lower", "upper" })
        {
            var made = await Terminal.RunAsync(
                "init", "--data", _folder.File($"of-{name}"), "--password-file", PasswordFile, "--import-seed",
                _folder.File(name), "--json");
            Assert.True(made.Code == ExitCode.Success, made.Error);
            ids.Add(made.Json.GetProperty("nodeId").GetString());
        }

        Assert.True(Policy.Identity.TryRead(seed, out var identity));
        Assert.All(ids, id => Assert.Equal(identity.Id.ToString(), id));
    }

    [Theory, InlineData(""), InlineData("00000000000000000000000000000000"),
        InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000"),
        InlineData("12345678901234567890123456789012x")]
    public async Task Init_SeedThatIsNoChance_IsBadInput(string text)
    {
        await File.WriteAllTextAsync(_folder.File("seed"), text);

        var outcome = await Terminal.RunAsync(
            "init", "--data", Data, "--password-file", PasswordFile, "--import-seed", _folder.File("seed"));

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Init_FolderWithAnIdentity_RefusesAndKeepsIt()
    {
        await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);
        var before = await File.ReadAllBytesAsync(Path.Combine(Data, "keystore"));

        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("has an identity already", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(Data, "keystore")));
    }

    [Fact]
    public async Task Init_TwoAtOnce_OneIdentityIsMadeAndTheOtherIsToldSo()
    {
        var phrases = new[] { _folder.File("phrase-0"), _folder.File("phrase-1") };

        var outcomes = await Task.WhenAll(phrases.Select(phrase => Task.Run(() => Terminal.RunAsync(
            "init", "--data", Data, "--password-file", PasswordFile, "--save-phrase", phrase, "--json", "--set",
            "nucypher.keystore.scrypt-log-rounds=14"))));

        var made = Assert.Single(outcomes, o => o.Code == ExitCode.Success);
        Assert.Single(outcomes, o => o.Code == ExitCode.Storage);
        var restored = await Terminal.RunAsync(
            "init", "--data", _folder.File("again"), "--password-file", PasswordFile, "--restore-phrase",
            Assert.Single(phrases, File.Exists), "--json");
        Assert.Equal(made.Json.GetProperty("nodeId").GetString(), restored.Json.GetProperty("nodeId").GetString());
    }

    [Fact]
    public async Task Init_NewJournal_BeginsOneWhereItIsLostAndNeverOverOne()
    {
        await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);
        var journal = Path.Combine(Data, "journal", "journal.db");
        var keystore = await File.ReadAllBytesAsync(Path.Combine(Data, "keystore"));

        var over = await Terminal.RunAsync("init", "--data", Data, "--new-journal");
        File.Delete(journal);
        var lost = await Terminal.RunAsync("policies", "--data", Data, "--password-file", PasswordFile);
        var anew = await Terminal.RunAsync("init", "--data", Data, "--new-journal", "--password-file", PasswordFile);
        var policies = await Terminal.RunAsync("policies", "--data", Data, "--password-file", PasswordFile, "--json");

        Assert.Equal((ExitCode.Storage, ExitCode.Storage), (over.Code, lost.Code));
        Assert.Contains("has a journal already", over.Error, StringComparison.Ordinal);
        Assert.Contains("init --new-journal", lost.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Success, ExitCode.Success), (anew.Code, policies.Code));
        Assert.Equal(keystore, await File.ReadAllBytesAsync(Path.Combine(Data, "keystore")));
    }

    [Fact]
    public async Task Init_NewJournalWithoutAnIdentity_Refuses()
    {
        var outcome = await Terminal.RunAsync("init", "--data", Data, "--new-journal");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("", "--save-phrase"), InlineData("keystore", ""), InlineData("tls.pem", "")]
    public async Task Init_SomethingInTheWay_IsNeverReplaced(string name, string option)
    {
        var path = name.Length > 0 ? Path.Combine(Data, name) : _folder.File("phrase");
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(path, "in the way");
        string[] more = option.Length > 0 ? [option, path] : [];

        await Terminal.RunAsync(["init", "--data", Data, "--password-file", PasswordFile, .. more]);

        Assert.Equal("in the way", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Init_FolderThatOthersMayWriteTo_Refuses()
    {
        Directory.CreateDirectory(Path.Combine(Data, "other"));
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_111_111);

        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains($"chmod 700 {Data}", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "keystore")));
    }

    [Fact]
    public async Task Init_EmptyFolder_BecomesItsOwnersAlone()
    {
        Directory.CreateDirectory(Data);
        File.SetUnixFileMode(Data, (UnixFileMode)0b111_111_111);

        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Data));
    }

    [Theory, InlineData("", 0b111_111_111), InlineData("keystore", 0b110_100_100), InlineData("tls.pem", 0b110_100_000)]
    public async Task Open_SecretsThatAreOpenToOthers_SaysWhichAndHowToCloseThem(string name, int mode)
    {
        await Terminal.RunAsync(
            "init", "--data", Data, "--password-file", PasswordFile, "--set", "nucypher.keystore.scrypt-log-rounds=10");
        var path = Path.Combine(Data, name).TrimEnd('/');
        File.SetUnixFileMode(path, (UnixFileMode)mode);

        var outcome = await Terminal.RunAsync("policies", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains($"{path} is open to other users", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("chmod", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "CR-21")]
    public async Task Init_FromASavedPhrase_RestoresTheSameIdentity()
    {
        var (phrase, other) = (_folder.File("phrase"), _folder.File("other"));

        var made = await Terminal.RunAsync(
            "init", "--data", Data, "--password-file", PasswordFile, "--save-phrase", phrase, "--json");
        var restored = await Terminal.RunAsync(
            "init", "--data", other, "--password-file", PasswordFile, "--restore-phrase", phrase, "--json");
        await File.WriteAllTextAsync(phrase, "bado");
        var refused = await Terminal.RunAsync(
            "init", "--data", _folder.File("third"), "--password-file", PasswordFile, "--restore-phrase", phrase);

        Assert.Equal(made.Json.GetProperty("bobCard").GetString(), restored.Json.GetProperty("bobCard").GetString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(phrase));
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.False(Directory.Exists(_folder.File("third")));
    }

    [Fact]
    public async Task Init_FromASavedPhraseBesideTheJournal_OpensTheJournalAgain()
    {
        var phrase = _folder.File("phrase");
        await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile, "--save-phrase", phrase);
        File.Delete(Path.Combine(Data, "keystore"));

        var restored = await Terminal.RunAsync(
            "init", "--data", Data, "--password-file", PasswordFile, "--restore-phrase", phrase);
        var opened = await Terminal.RunAsync("policies", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (restored.Code, opened.Code));
    }

    [Fact]
    public async Task Init_FolderWithTheJournalOfAnotherIdentity_RefusesAndMakesNone()
    {
        await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);
        File.Delete(Path.Combine(Data, "keystore"));

        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("another identity's", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "keystore")));
    }

    [Fact]
    public async Task Policies_JournalOfAnotherFolderMovedHere_IsRefusedWithFileAndRemedy()
    {
        var other = _folder.File("other");
        await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);
        await Terminal.RunAsync("init", "--data", other, "--password-file", PasswordFile);
        Directory.Delete(Path.Combine(Data, "journal"), recursive: true);
        Directory.Move(Path.Combine(other, "journal"), Path.Combine(Data, "journal"));

        var outcome = await Terminal.RunAsync("policies", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains(Path.Combine(Data, "journal", "journal.db"), outcome.Error, StringComparison.Ordinal);
        Assert.Contains("another identity's", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_NewJournalWithAWrongPassword_BeginsNone()
    {
        await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);
        Directory.Delete(Path.Combine(Data, "journal"), recursive: true);
        await File.WriteAllTextAsync(_folder.File("wrong"), "correct horse\n");

        var refused = await Terminal.RunAsync(
            "init", "--new-journal", "--data", Data, "--password-file", _folder.File("wrong"));

        Assert.Equal(ExitCode.Password, refused.Code);
        Assert.False(Directory.Exists(Path.Combine(Data, "journal")));
    }

    [Fact]
    public async Task Init_EmptyPassword_RefusesAndWritesNothing()
    {
        await File.WriteAllTextAsync(PasswordFile, "\n");

        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile);

        Assert.Equal(ExitCode.Password, outcome.Code);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Init_FolderThatIsAFile_SaysSo()
    {
        await File.WriteAllTextAsync(Data, "in the way");

        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile, "--json");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Equal("Storage", outcome.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("in the way", await File.ReadAllTextAsync(Data));
    }
}

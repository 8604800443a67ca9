using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class InitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InitCommandTests() => File.WriteAllText(PasswordFile, "correct horse battery\n");

    private string PasswordFile => _folder.File("password");

    private string Data => _folder.File("node");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Init_NewFolder_PrintsTheIdentityAndKeepsItToItsOwner()
    {
        var outcome = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile, "--json");

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.Equal(40, outcome.Json.GetProperty("nodeId").GetString()!.Length);
        Assert.StartsWith("alice1_", outcome.Json.GetProperty("aliceCard").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("bob1_", outcome.Json.GetProperty("bobCard").GetString(), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(Data), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Data) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead));
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
    public async Task Init_FromASavedPhrase_RestoresTheSameIdentity()
    {
        var (phrase, other) = (_folder.File("phrase"), _folder.File("other"));

        var made = await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile, "--save-phrase", phrase, "--json");
        var restored = await Terminal.RunAsync("init", "--data", other, "--password-file", PasswordFile, "--restore-phrase", phrase, "--json");
        await File.WriteAllTextAsync(phrase, "bado");
        var refused = await Terminal.RunAsync("init", "--data", _folder.File("third"), "--password-file", PasswordFile, "--restore-phrase", phrase);

        Assert.Equal(made.Json.GetProperty("bobCard").GetString(), restored.Json.GetProperty("bobCard").GetString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(phrase));
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.False(Directory.Exists(_folder.File("third")));
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

using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class PasswordCommandTests : IDisposable
{
    private static readonly byte[] Composed = [.. "caf"u8, 0xc3, 0xa9, .. "-pass\n"u8];
    private static readonly byte[] Decomposed = [.. "cafe"u8, 0xcc, 0x81, .. "-pass\n"u8];

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("node");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new byte[] { 0xd0, 0xc1, 0xd2, 0xcf, 0xcc, 0xd8, 0x0a })]
    [InlineData(new byte[] { 0x63, 0x61, 0x66, 0xe9, 0x0a })]
    public async Task Init_PasswordFileThatIsNotUtf8_RefusesAndMakesNothing(byte[] bytes)
    {
        var outcome = await InitAsync(bytes, "--weak-password");

        Assert.Equal(ExitCode.Password, outcome.Code);
        Assert.Contains("UTF-8", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Open_ThePasswordInTheOtherSpelling_IsTheSame()
    {
        var made = await InitAsync(Composed);

        var opened = await PoliciesAsync(Decomposed);

        Assert.Equal(ExitCode.Success, made.Code);
        Assert.Equal(ExitCode.Success, opened.Code);
    }

    [Fact]
    public async Task Open_ByteOrderMarkAndCarriageReturn_AreNoPartOfThePassword()
    {
        await InitAsync("correct horse"u8.ToArray());

        var opened = await PoliciesAsync([0xef, 0xbb, 0xbf, .. "correct horse\r\nmore"u8]);

        Assert.Equal(ExitCode.Success, opened.Code);
    }

    [Theory, InlineData("a"), InlineData("12345678"), InlineData("password")]
    public async Task Init_WeakPassword_RefusesUnlessInsisted(string password)
    {
        var refused = await InitAsync(System.Text.Encoding.UTF8.GetBytes(password));
        var madeNothing = !Directory.Exists(Data);
        var insisted = await InitAsync(System.Text.Encoding.UTF8.GetBytes(password), "--weak-password");

        Assert.Equal(ExitCode.Password, refused.Code);
        Assert.Contains("--weak-password", refused.Error, StringComparison.Ordinal);
        Assert.True(madeNothing);
        Assert.Equal(ExitCode.Success, insisted.Code);
    }

    [Fact]
    public async Task Password_Changed_OpensWithTheNewOneAlone()
    {
        var made = await InitAsync("correct horse"u8.ToArray());
        await File.WriteAllTextAsync(_folder.File("new"), "battery staple");

        var weak = await ChangeAsync("correct horse", "staple");
        var wrong = await ChangeAsync("corect horse", "battery staple");
        var changed = await ChangeAsync("correct horse", "battery staple");

        Assert.Equal(ExitCode.Password, weak.Code);
        Assert.Equal(ExitCode.Password, wrong.Code);
        Assert.Equal(made.Json.GetProperty("nodeId").GetString(), changed.Json.GetProperty("nodeId").GetString());
        Assert.Equal(ExitCode.Password, (await PoliciesAsync("correct horse"u8.ToArray())).Code);
        Assert.Equal(ExitCode.Success, (await PoliciesAsync("battery staple"u8.ToArray())).Code);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "keystore")));
    }

    [Theory, InlineData("ab\b", "a"), InlineData("a\U0001f512\bc", "ac")]
    [InlineData("\b\ba", "a"), InlineData("a\u0001b", "ab")]
    public void Take_KeysWithCorrections_IsWhatIsMeant(string keys, string typed)
    {
        Span<char> buffer = stackalloc char[10];
        var count = 0;
        foreach (var c in keys)
        {
            var key = c == '\b' ? ConsoleKey.Backspace : ConsoleKey.None;
            count = PasswordSource.Take(new ConsoleKeyInfo(c, key, false, false, false), buffer, count);
        }

        Assert.Equal(typed, buffer[..count].ToString());
    }

    [Fact]
    public async Task Password_WhileAnotherChangesIt_IsRefusedAndTheOldOneOpens()
    {
        await InitAsync("correct horse"u8.ToArray());
        using (FileLock.Take(Path.Combine(Data, "keystore")))
            Assert.Equal(ExitCode.Storage, (await ChangeAsync("correct horse", "battery staple")).Code);

        Assert.Equal(ExitCode.Success, (await PoliciesAsync("correct horse"u8.ToArray())).Code);
    }

    private async Task<Terminal.Outcome> ChangeAsync(string old, string another)
    {
        await File.WriteAllTextAsync(_folder.File("password"), old);
        await File.WriteAllTextAsync(_folder.File("new"), another);
        return await RunAsync(
            "password", "--new-password-file", _folder.File("new"), "--set", "nucypher.keystore.scrypt-log-rounds=10");
    }

    private async Task<Terminal.Outcome> InitAsync(byte[] password, params string[] more)
    {
        await File.WriteAllBytesAsync(_folder.File("password"), password);
        return await RunAsync(["init", "--set", "nucypher.keystore.scrypt-log-rounds=10", .. more]);
    }

    private async Task<Terminal.Outcome> PoliciesAsync(byte[] password)
    {
        await File.WriteAllBytesAsync(_folder.File("password"), password);
        return await RunAsync("policies");
    }

    private Task<Terminal.Outcome> RunAsync(params string[] words) =>
        Terminal.RunAsync([.. words, "--data", Data, "--password-file", _folder.File("password"), "--json"]);
}

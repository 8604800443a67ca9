using System.Diagnostics;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class KitCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private string PasswordFile => _folder.File("password");

    private string Data => _folder.File("alice");

    private string Plain => _folder.File("plain");

    private string Kit => _folder.File("kit");

    private string Back => _folder.File("back");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(PasswordFile, "correct horse battery\n");
        await Terminal.RunAsync("init", "--data", Data, "--password-file", PasswordFile, "--set", "nucypher.keystore.scrypt-log-rounds=10");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory, InlineData(0, "--sign"), InlineData(1), InlineData(65_535), InlineData(65_536), InlineData(1_000_000, "--sign")]
    public async Task Decrypt_WhatEncryptMade_IsTheSame(int size, string? sign = null)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await File.WriteAllBytesAsync(Plain, bytes);

        var encrypted = await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports", sign);
        var decrypted = await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports");

        Assert.Equal(ExitCode.Success, encrypted.Code);
        Assert.Equal(ExitCode.Success, decrypted.Code);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Back));
        Assert.Equal(sign is not null, decrypted.Json.GetProperty("author").GetString() is not null);
    }

    [Fact]
    public async Task Encrypt_ThroughPipes_IsTheSame()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(Plain, bytes);
        var program = $"dotnet exec {Path.Combine(AppContext.BaseDirectory, "nucypher.dll")}";
        var more = $"--label reports --data {Data} --password-file {PasswordFile}";

        using var shell = Process.Start("sh", ["-c", $"{program} encrypt - -o - {more} < {Plain} | {program} decrypt - -o - {more} > {Back}"]);
        await shell.WaitForExitAsync();

        Assert.Equal(0, shell.ExitCode);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Back));
    }

    [Fact]
    [Trait("Row", "CR-16"), Trait("Row", "CR-17")]
    public async Task Encrypt_WithThePolicyKeyAlone_NeedsNoIdentity()
    {
        await File.WriteAllTextAsync(Plain, "from Enrico");
        var first = await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");
        var key = first.Json.GetProperty("policyKey").GetString()!;

        var second = await Terminal.RunAsync("encrypt", Plain, "-o", Kit, "--policy-key", key, "--data", _folder.File("none"));
        await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports");

        Assert.Equal(ExitCode.Success, second.Code);
        Assert.Equal("from Enrico", await File.ReadAllTextAsync(Back));
    }

    [Fact]
    public async Task Decrypt_OtherLabel_RefusesAndWritesNothing()
    {
        await File.WriteAllTextAsync(Plain, "text");
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");

        var outcome = await RunAsync("decrypt", Kit, "-o", Back, "--label", "letters");

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains("another label than letters", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Back));
    }

    [Fact]
    public async Task Decrypt_KitCutOrAltered_RefusesAndKeepsTheOlderFile()
    {
        await File.WriteAllBytesAsync(Plain, new byte[200_000]);
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");
        await File.WriteAllTextAsync(Back, "older");
        var kit = await File.ReadAllBytesAsync(Kit);
        byte[][] bad = [kit[..^1], kit[..70_000], [.. kit, 0], Flipped(kit, 150_000), Flipped(kit, 20), kit[..10], []];

        foreach (var bytes in bad)
        {
            await File.WriteAllBytesAsync(Kit, bytes);
            var outcome = await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports");

            Assert.Equal(ExitCode.BadInput, outcome.Code);
            Assert.Equal("older", await File.ReadAllTextAsync(Back));
        }
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Theory, InlineData("@finance"), InlineData("@/dev/null"), InlineData("[suggest]")]
    public async Task Encrypt_LabelThatLooksLikeAParsersConvenience_IsTakenAsItStands(string label)
    {
        await File.WriteAllTextAsync(Plain, "text");

        var encrypted = await RunAsync("encrypt", Plain, "-o", Kit, "--label", label);
        var decrypted = await RunAsync("decrypt", Kit, "-o", Back, "--label", label);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (encrypted.Code, decrypted.Code));
        Assert.Equal("text", await File.ReadAllTextAsync(Back));
    }

    [Fact]
    public async Task Decrypt_LabelInTheOtherSpelling_IsTheSame()
    {
        await File.WriteAllTextAsync(Plain, "text");
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "caf\u00e9");

        var decrypted = await RunAsync("decrypt", Kit, "-o", Back, "--label", "cafe\u0301");

        Assert.Equal(ExitCode.Success, decrypted.Code);
    }

    [Fact]
    public async Task Decrypt_NewFile_IsItsOwnersAlone()
    {
        await File.WriteAllTextAsync(Plain, "text");
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");

        await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Back));
    }

    [Fact]
    public async Task Decrypt_WrongPassword_SaysSo()
    {
        await File.WriteAllTextAsync(Plain, "text");
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");
        await File.WriteAllTextAsync(PasswordFile, "another");

        var outcome = await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports");

        Assert.Equal(ExitCode.Password, outcome.Code);
        Assert.Contains("the password does not open", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encrypt_NoIdentity_SaysHowToMakeOne()
    {
        var outcome = await Terminal.RunAsync("encrypt", Plain, "-o", Kit, "--label", "x", "--data", _folder.File("none"));

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("nucypher init", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encrypt_MissingInput_SaysSoAndWritesNothing()
    {
        var outcome = await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains(Plain, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Kit));
    }

    private static byte[] Flipped(byte[] kit, int index)
    {
        var flipped = kit.ToArray();
        flipped[index] ^= 1;
        return flipped;
    }

    private Task<Terminal.Outcome> RunAsync(params string?[] words) =>
        Terminal.RunAsync([.. words.OfType<string>(), "--data", Data, "--password-file", PasswordFile, "--json"]);
}

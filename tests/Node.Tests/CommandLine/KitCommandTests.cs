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
        await Terminal.RunAsync(
            "init", "--data", Data, "--password-file", PasswordFile, "--set", "nucypher.keystore.scrypt-log-rounds=10");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory, InlineData(0, "--sign"), InlineData(1), InlineData(65_535), InlineData(65_536)]
    [InlineData(1_000_000, "--sign")]
    [InlineData(0, "--sign=public"), InlineData(200_000, "--sign=public")]
    [Trait("Row", "CR-14")]
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
        var file = decrypted.Json.GetProperty("files")[0];
        Assert.Equal(sign is not null, file.GetProperty("author").GetString() is not null);
        Assert.Equal(size, file.GetProperty("bytes").GetInt64());
        Assert.Equal(
            sign switch { null => "no", "--sign" => "inside", _ => "public" },
            encrypted.Json.GetProperty("signed").GetString());
    }

    [Fact]
    public async Task Encrypt_ThroughPipes_IsTheSame()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(Plain, bytes);
        var program = $"dotnet exec {Path.Combine(AppContext.BaseDirectory, "nucypher.dll")}";
        var more = $"--label reports --data {Data} --password-file {PasswordFile}";

        using var shell = Process.Start(
            "sh", ["-c", $"{program} encrypt - -o - {more} < {Plain} | {program} decrypt - -o - {more} > {Back}"]);
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

        var second = await Terminal.RunAsync(
            "encrypt", Plain, "-o", Kit, "--policy-key", key, "--data", _folder.File("none"));
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

    [Theory, InlineData(0), InlineData(1), InlineData(47), InlineData(48), InlineData(300_000)]
    public async Task Decrypt_ArmoredKitInTheMiddleOfAMail_IsTheSame(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        await File.WriteAllBytesAsync(Plain, bytes);
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports", "--armor", "--sign=public");
        var text = await File.ReadAllTextAsync(Kit);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 64));
        string[] mails =
        [
            text, $"Dear Alice,\r\n\r\n> {text.Replace("\n", "\r\n> ", StringComparison.Ordinal)}\r\n-- \r\nBob",
            text.Replace('\n', ' '), $"------{text}",
            string.Join(
                '\n', text.Split('\n').Select(line => line.Length == 64 ? $"{line[..31]}\n{line[31..]}" : line)),
        ];

        foreach (var mail in mails)
        {
            await File.WriteAllTextAsync(Kit, mail);
            Assert.Equal(ExitCode.Success, (await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports")).Code);
            Assert.Equal(bytes, await File.ReadAllBytesAsync(Back));
        }

        await File.WriteAllTextAsync(Kit, text, System.Text.Encoding.Unicode);
        Assert.Equal(ExitCode.Success, (await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports")).Code);
    }

    [Fact]
    public async Task Decrypt_ArmoredKitThatIsDamaged_SaysSoAndWritesNothing()
    {
        await File.WriteAllBytesAsync(Plain, new byte[1000]);
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports", "--armor");
        var text = await File.ReadAllTextAsync(Kit);
        string[] bad =
        [
            text[..200], text[..^10], text.Replace("-----END", "-----EMD", StringComparison.Ordinal),
                text.Insert(100, "\u00e4"), text.Insert(100, "_"),
            text.Insert(100, "===="), text.Remove(100, 65), new string('x', 100_000) + text,
            "-----BEGIN NUCYPHER KIT-----\n-----END NUCYPHER KIT-----",
        ];

        foreach (var mail in bad)
        {
            await File.WriteAllTextAsync(Kit, mail);
            var outcome = await RunAsync("decrypt", Kit, "-o", Back, "--label", "reports");
            Assert.Equal(ExitCode.BadInput, outcome.Code);
            Assert.False(File.Exists(Back));
        }
    }

    [Theory, InlineData(false, ".kit"), InlineData(true, ".kit.txt")]
    public async Task Encrypt_SeveralFilesIntoAFolderAndBack_AreTheSame(bool isArmored, string ending)
    {
        var (kits, back) = (
            Directory.CreateDirectory(_folder.File("kits")).FullName,
            Directory.CreateDirectory(_folder.File("backs")).FullName);
        foreach (var name in new[] { "a.md", "b", "c.kit" })
            await File.WriteAllTextAsync(_folder.File(name), name);

        var encrypted = await RunAsync(
        [
            "encrypt", _folder.File("a.md"), _folder.File("b"), _folder.File("c.kit"), "-o", kits, "--label",
            "reports", .. isArmored ? ["--armor"] : Array.Empty<string>(),
        ]);
        var decrypted = await RunAsync(["decrypt", .. Directory.GetFiles(kits), "-o", back, "--label", "reports"]);

        Assert.Equal(3, encrypted.Json.GetProperty("files").GetArrayLength());
        Assert.Equal(
            [$"a.md{ending}", $"b{ending}", $"c.kit{ending}"],
            Directory.GetFiles(kits).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(ExitCode.Success, decrypted.Code);
        Assert.Equal(
            ["a.md", "b", "c.kit"], Directory.GetFiles(back).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(back), file => Assert.Equal(Path.GetFileName(file), File.ReadAllText(file)));
    }

    [Fact]
    public async Task Decrypt_OneOfSeveralIsAltered_TheOthersAreRead()
    {
        var back = Directory.CreateDirectory(_folder.File("backs")).FullName;
        await File.WriteAllTextAsync(Plain, "text");
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");
        await File.WriteAllTextAsync(_folder.File("bad.kit"), "no kit");

        var outcome = await RunAsync("decrypt", _folder.File("bad.kit"), Kit, "-o", back, "--label", "reports");

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains("bad.kit", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(back, "kit.plain")));
    }

    [Fact]
    public async Task Encrypt_SeveralFilesThatWouldBecomeOne_IsAUsageError()
    {
        var kits = Directory.CreateDirectory(_folder.File("kits")).FullName;
        string[][] words =
            [["a", "b", "-o", Kit], ["x/a", "y/a", "-o", kits], ["-", "-o", kits], ["-", "a", "-o", "-"]];

        foreach (var some in words)
            Assert.Equal(ExitCode.Usage, (await RunAsync(["encrypt", .. some, "--label", "l"])).Code);
        Assert.Empty(Directory.GetFiles(kits));
    }

    [Fact]
    public async Task Inspect_KitsOfEachMode_SaysWhatTheHeadSays()
    {
        await File.WriteAllTextAsync(Plain, "text");
        foreach (var (sign, signed) in new[] { (null, "no"), ("--sign", "inside"), ("--sign=public", "public") })
        {
            await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports", "--armor", sign);
            var own = await RunAsync("inspect", Kit, "--label", "reports");
            var other = await RunAsync("inspect", Kit, "--label", "letters");

            Assert.Equal(ExitCode.Success, own.Code);
            Assert.Equal(ExitCode.BadInput, other.Code);
            Assert.Equal(signed, own.Json.GetProperty("signed").GetString());
            Assert.Equal(4, own.Json.GetProperty("payloadBytes").GetInt64());
            Assert.True(own.Json.GetProperty("isText").GetBoolean());
            Assert.True(own.Json.GetProperty("isForTheKey").GetBoolean());
            Assert.False(other.Json.GetProperty("isForTheKey").GetBoolean());
            Assert.Equal(
                signed == "public",
                own.Json.GetProperty("signatureIsTrue").ValueKind == System.Text.Json.JsonValueKind.True);
        }
    }

    [Fact]
    public async Task Inspect_PublicSignatureOfAlteredBytes_IsBadInput()
    {
        await File.WriteAllTextAsync(Plain, "text");
        await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports", "--sign=public");
        await File.WriteAllBytesAsync(Kit, Flipped(await File.ReadAllBytesAsync(Kit), 230));

        var outcome = await Terminal.RunAsync("inspect", Kit, "--json");

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.False(outcome.Json.GetProperty("signatureIsTrue").GetBoolean());
    }

    [Fact]
    public async Task PolicyKey_OfALabel_IsTheOneThatEncryptNames()
    {
        await File.WriteAllTextAsync(Plain, "text");
        var encrypted = await RunAsync("encrypt", Plain, "-o", Kit, "--label", "reports");

        var key = await RunAsync("policy-key", "reports");
        var inspected = await Terminal.RunAsync(
            "inspect", Kit, "--policy-key", key.Json.GetProperty("policyKey").GetString()!, "--json");

        Assert.Equal(
            encrypted.Json.GetProperty("policyKey").GetString(), key.Json.GetProperty("policyKey").GetString());
        Assert.True(inspected.Json.GetProperty("isForTheKey").GetBoolean());
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
        var outcome = await Terminal.RunAsync(
            "encrypt", Plain, "-o", Kit, "--label", "x", "--data", _folder.File("none"));

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("nucypher init", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("encrypt"), InlineData("decrypt"), InlineData("inspect")]
    public async Task Run_InputThatIsAFolder_SaysSo(string command)
    {
        string[] output = command == "inspect" ? [] : ["-o", Kit];

        var outcome = await RunAsync([command, _folder.Path, .. output, "--label", "reports"]);

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains("is a folder", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("", "kit"), InlineData("plain", "")]
    public async Task Encrypt_EmptyNameOfAFile_IsAUsageError(string input, string output)
    {
        await File.WriteAllTextAsync(Plain, "text");
        var (from, to) = (input.Length > 0 ? Plain : "", output.Length > 0 ? Kit : "");

        Assert.Equal(ExitCode.Usage, (await RunAsync("encrypt", from, "-o", to, "--label", "reports")).Code);
    }

    [Fact]
    public async Task Encrypt_IntoAFolderThatIsNotThere_NamesTheFolder()
    {
        await File.WriteAllTextAsync(Plain, "text");

        var outcome = await RunAsync("encrypt", Plain, "-o", _folder.File("nowhere/kit"), "--label", "reports");

        Assert.Equal(ExitCode.Storage, outcome.Code);
        Assert.Contains($"there is no folder {_folder.File("nowhere")}", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encrypt_LabelWithAControlCharacter_SaysSo()
    {
        var outcome = await RunAsync("encrypt", Plain, "-o", Kit, "--label", "a\u001bb");

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains("control characters", outcome.Error, StringComparison.Ordinal);
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

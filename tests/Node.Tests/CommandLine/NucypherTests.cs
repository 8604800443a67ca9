using System.CommandLine;
using System.IO.Pipes;
using System.Text.RegularExpressions;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Node.Tests.CommandLine;

public sealed class NucypherTests
{
    public static TheoryData<string> Commands => [.. PathsBelow(Nucypher.Root(), "")];

    [Theory, MemberData(nameof(Commands))]
    public async Task Help_EveryCommand_HasAnExampleThatParses(string path)
    {
        var outcome = await Terminal.RunAsync([.. path.Split(' '), "--help"]);
        var example = outcome.Output.Split("Example:\n  ")[1].Split('\n')[0];

        var parse = Nucypher.Root().Parse(example["nucypher ".Length..]);

        Assert.Equal(ExitCode.Success, outcome.Code);
        Assert.StartsWith($"nucypher {path}", example, StringComparison.Ordinal);
        Assert.Empty(parse.Errors);
    }

    [Theory, InlineData("bogus"), InlineData("init --bogus"), InlineData("")]
    public async Task Run_WordsThatAreNone_IsAUsageError(string words)
    {
        var outcome = await Terminal.RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Empty(outcome.Output);
        Assert.InRange(outcome.Error.Split('\n').Length, 2, 5);
        Assert.Contains("--help", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("bogus --json"), InlineData("init --json --bogus"),
        InlineData("policies --data caf\ufffd --json")]
    public async Task Run_WordsThatAreNoneForAScript_AnErrorObject(string words)
    {
        var outcome = await Terminal.RunAsync(words.Split(' '));

        Assert.Equal(2, outcome.Json.GetProperty("error").GetProperty("exitCode").GetInt32());
        Assert.Equal("Usage", outcome.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void Schema_EveryCommand_IsThere() =>
        Assert.All(Commands, command => Assert.Contains(command.Data.Replace(' ', '-'), OutputSchema.Names));

    [Fact]
    public void Schema_OutputThatIsNotAsDocumented_IsFound()
    {
        using var wrong = System.Text.Json.JsonDocument.Parse(
            """{ "pin": "00", "notAfter": "2026-01-01 00:00:00 UTC", "keptIn": "x" }""");

        Assert.Contains("/pin", OutputSchema.Check("certificate-renew", wrong.RootElement), StringComparison.Ordinal);
        Assert.Contains(
            "/notAfter", OutputSchema.Check("certificate-renew", wrong.RootElement), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("encrypt x -o y --label l --sign --sign=public"),
        InlineData("encrypt x -o y --policy-key 02 --sign=public")]
    [InlineData("init --restore-phrase a --import-seed b --data /nowhere/x --password-file /dev/null")]
    [InlineData("inspect x --policy-key 02 --label l"), InlineData("encrypt x -o y --policy-key 02 --sign"),
        InlineData("encrypt x -o y --policy-key 02 --label l")]
    [InlineData("map publish --file f --label l --join 127.0.0.1:1")]
    [InlineData("map publish --file f --bob b --join 127.0.0.1:1")]
    [InlineData("run --udp 127.0.0.1:0 --client --https 127.0.0.1:0")]
    [InlineData("run --udp 127.0.0.1:0 --client --accept-plain")]
    [InlineData("run --udp 127.0.0.1:0 --client --public-host example.org")]
    [InlineData("simulate --seed 1 --seeds 1..2"), InlineData("init --new-journal --save-phrase f --data /nowhere/x")]
    [InlineData("init --new-journal --restore-phrase f --data /nowhere/x")]
    [InlineData("init --new-journal --import-seed f --data /nowhere/x")]
    public async Task Run_OptionsThatContradictEachOther_IsAUsageError(string words)
    {
        var outcome = await Terminal.RunAsync(words.Split(' '));

        Assert.Equal(ExitCode.Usage, outcome.Code);
        Assert.Contains("contradict", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dht ping --join 127.0.0.1:0"), InlineData("dht ping --join 127.0.0.1:70000")]
    [InlineData("dht ping --join 0.0.0.0:4000")]
    [InlineData("dht ping --join 255.255.255.255:4000"), InlineData("dht ping --join 224.0.0.1:4000")]
    [InlineData("dht ping --join [::]:4000")]
    [InlineData("dht ping --join [ff02::1]:4000"), InlineData("dht ping --join 1.2.3:4000")]
    [InlineData("dht ping --join localhost:0")]
    [InlineData("dht ping --join localhost:+80"), InlineData("dht ping --join a/b:80")]
    [InlineData("dht ping --join 240.0.0.1:1")]
    [InlineData("run --udp 255.255.255.255:0 --client"), InlineData("run --udp 224.0.0.1:4000 --client")]
    [InlineData("run --udp 127.0.0.1:0 --https 255.255.255.255:1")]
    [InlineData("run --udp 127.0.0.1:0 --client --join 0.0.0.0:1")]
    [InlineData("run --udp 127.0.0.1:0 --https 127.0.0.1:0 --public-host 0.0.0.0")]
    [InlineData("run --udp 127.0.0.1:0 --https 127.0.0.1:0 --public-host a:1")]
    [InlineData("run --udp 127.0.0.1:0 --https 127.0.0.1:0 --public-host b\u00fccher.example")]
    [InlineData("simulate --duration 1h --seeds 1")]
    [InlineData("policies --data caf\ufffd"), InlineData("revoke --label l --bob bob1_x")]
    public async Task Run_WordsThatCanNotBeMeant_AreRefusedBeforeAnythingIsTried(string words)
    {
        var outcome = await Terminal.RunAsync(words.Split(' '));

        Assert.Contains(outcome.Code, new[] { ExitCode.Usage, words.StartsWith(
            "revoke", StringComparison.Ordinal) ? ExitCode.BadInput : ExitCode.Usage });
        Assert.DoesNotContain("joining", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory, InlineData("--bob", "grant"), InlineData("--alice", "map fetch")]
    public async Task Run_CardWithPadding_IsBadInputWithoutAStack(string option, string command)
    {
        var card = option == "--bob" ? "bob1_AAAA=" : "alice1_AAAA=";

        var outcome = await Terminal.RunAsync(
            [.. command.Split(' '), "--label", "l", option, card, "--join", "127.0.0.1:1"]);

        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputThatFails_IsNamedWithAnExitCode()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("password"), "correct horse battery");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.ClientSafePipeHandle.Dispose(); // nobody reads it any more
        var full = new StreamWriter(pipe) { AutoFlush = true }; // not disposed: that would try to write once more
        using var error = new StringWriter();

        var code = await Nucypher.RunAsync(
            [
                "init", "--data", folder.File("node"), "--password-file", folder.File("password"), "--json",
                "--set", "nucypher.keystore.scrypt-log-rounds=10",
            ],
            new InvocationConfiguration { Output = full, Error = error });

        Assert.Equal((int)ExitCode.Storage, code);
        Assert.Contains("error:", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ExceptionThatNobodyExpected_IsOneLineWithoutAStack()
    {
        var failure = CommandOutcome.Of(new FormatException("inner\n   at secret place"), CancellationToken.None);

        Assert.Equal(ExitCode.Failed, failure.Code);
        Assert.DoesNotContain("secret place", failure.Message + failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_CommandsThatWordsOfAdviceName_ExistWithTheirOptions()
    {
        var root = Nucypher.Root();
        var named = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line, "nucypher (?<words>[a-z-]+(?: [a-z-]+)*)(?<rest>[^\"]*)"))
            .Select(match => (Words: match.Groups["words"].Value.Split(' '), Line: match.Value))
            .Where(found => root.Subcommands.Any(command => command.Name == found.Words[0])).ToList();

        Assert.InRange(named.Count, 30, int.MaxValue);
        Assert.All(named, found =>
        {
            var command = root.Subcommands.Single(c => c.Name == found.Words[0]);
            command = command.Subcommands.SingleOrDefault(c => c.Name == found.Words.ElementAtOrDefault(1)) ?? command;
            var options = command.Options.Concat(root.Options).SelectMany(option => option.Aliases.Append(option.Name));
            Assert.All(
                Regex.Matches(found.Line, "(?<= )--?[a-z][a-z-]*"), option => Assert.Contains(option.Value, options));
        });
    }

    private static IEnumerable<string> PathsBelow(Command command, string path) => command.Subcommands.SelectMany(
        c => (c is NodeCommand ? [$"{path}{c.Name}"] : (string[])[]).Concat(PathsBelow(c, $"{path}{c.Name} ")));
}

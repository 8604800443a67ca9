using System.CommandLine;
using System.Text.Json;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Tests.CommandLine;

/// <summary>
/// Runs the program's commands inside the test and keeps what they print; what is JSON must be as documented.
/// </summary>
internal static class Terminal
{
    public static async Task<Outcome> RunAsync(params string[] words)
    {
        // Nothing is learnt of a test's password by guessing it fast.
        if (words is ["init", ..] && !words.Any(word => word.StartsWith("nucypher.keystore", StringComparison.Ordinal)))
            words = [.. words, "--set", "nucypher.keystore.scrypt-log-rounds=10"];
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Nucypher.RunAsync(words, new InvocationConfiguration { Output = output, Error = error });
        var outcome = new Outcome((ExitCode)code, output.ToString(), error.ToString());
        if (words.Contains("--json") && outcome.Output.Length > 0)
            Assert.Equal(
                "", OutputSchema.Check(
                    outcome.Json.TryGetProperty("error", out _) ? "error" : OutputSchema.NameOf(words), outcome.Json));
        return outcome;
    }

    internal sealed record Outcome(ExitCode Code, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }
}

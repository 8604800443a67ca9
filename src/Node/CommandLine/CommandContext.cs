using System.CommandLine;
using System.Text.Json;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>What a running command has: its options' values, and where it says what.</summary>
/// <remarks>Results go to the output, in words or as one JSON object; progress and errors go to the error stream.</remarks>
internal sealed class CommandContext(ParseResult parse)
{
    private readonly HashSet<string> _said = [];

    /// <summary>How results are written as JSON.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The streams.</summary>
    public InvocationConfiguration Configuration => parse.InvocationConfiguration;

    /// <summary>Whether a script reads the output.</summary>
    public bool Json => parse.GetValue(SharedOptions.Json);

    /// <summary>Where results go: the output, unless the command's own bytes go there.</summary>
    public TextWriter Output => OutputFile.IsStandard(parse.GetValue(PolicyOptions.Output))
        ? parse.InvocationConfiguration.Error
        : parse.InvocationConfiguration.Output;

    /// <summary>Where progress and errors go.</summary>
    public TextWriter Error => parse.InvocationConfiguration.Error;

    /// <summary>The value of an option, or its default.</summary>
    public T Get<T>(Option<T> option) => parse.GetValue(option)!;

    /// <summary>The value of an argument.</summary>
    public T Get<T>(Argument<T> argument) => parse.GetValue(argument)!;

    /// <summary>Whether the user gave this option.</summary>
    public bool Has(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>Refuses options that contradict each other.</summary>
    /// <exception cref="CommandException">Both were given.</exception>
    public void RequireNotBoth(Option one, Option other)
    {
        if (Has(one) && Has(other))
            throw new CommandException(ExitCode.Usage, $"{one.Name} and {other.Name} contradict each other", $"Give one of the two.");
    }

    /// <summary>Says the result: as one JSON object, or in words.</summary>
    public void Write(object json, Action<TextWriter> inWords)
    {
        if (Json)
            Output.WriteLine(JsonSerializer.Serialize(json, JsonOptions));
        else
            inWords(Output);
        Output.Flush();
    }

    /// <summary>Says what is being done, unless a script reads; the same line once only, however often it is tried.</summary>
    public void Say(string line)
    {
        lock (_said)
        {
            if (!Json && _said.Add(line))
                Error.WriteLine(Printable.Of(line));
        }
    }
}

using System.CommandLine;
using System.Text.Json;
using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>What a running command has: its options' values, and where it says what.</summary>
/// <remarks>
/// Results go to the output, in words or as one JSON object; progress and errors go to the error stream.
/// </remarks>
internal sealed class CommandContext(ParseResult parse)
{
    private readonly HashSet<string> _said = [];
    private LiveLines? _live;
    private NodeSettings? _settings;

    /// <summary>How results are written as JSON.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The program itself, with all its commands.</summary>
    public Command Root => parse.RootCommandResult.Command;

    /// <summary>The streams.</summary>
    public InvocationConfiguration Configuration => parse.InvocationConfiguration;

    /// <summary>Whether a script reads the output.</summary>
    public bool Json => parse.GetValue(SharedOptions.Json);

    /// <summary>Where results go: the output, unless the command's own bytes go there.</summary>
    public TextWriter Output => OutputFile.IsStandard(parse.GetValue(PolicyOptions.Output))
        ? parse.InvocationConfiguration.Error
        : parse.InvocationConfiguration.Output;

    /// <summary>Lines that change in place, on a terminal.</summary>
    public LiveLines Live => _live ??= LiveLines.OnErrorStream(Error, Json);

    /// <summary>Where progress and errors go.</summary>
    public TextWriter Error => parse.InvocationConfiguration.Error;

    /// <summary>How many columns the results have; as many as a card needs where they go to a file or a pipe.</summary>
    public static int OutputWidth => TerminalWidth.Of(Console.IsOutputRedirected);

    /// <summary>Whether what the swarm keeps was current by this machine's clock.</summary>
    public RecordAges Ages { get; set; } = RecordAges.None;

    /// <summary>The value of an option, or its default.</summary>
    public T Get<T>(Option<T> option) => parse.GetValue(option)!;

    /// <summary>The value of an argument.</summary>
    public T Get<T>(Argument<T> argument) => parse.GetValue(argument)!;

    /// <summary>Whether the user gave this option.</summary>
    public bool Has(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>The settings: akka.hocon, then the environment, then the words of this command line.</summary>
    /// <exception cref="ConfigurationException">An unknown key, or a value that does not fit.</exception>
    public NodeSettings Settings() =>
        _settings ??= SettingsReader.Read(
            Get(SharedOptions.Config)?.FullName, Environment.GetEnvironmentVariables(), Get(SharedOptions.Set));

    /// <summary>This command line's data folder.</summary>
    /// <exception cref="CommandException">It has no identity, or others may read or write it.</exception>
    public DataFolder RequireFolder()
    {
        var folder = DataFolder.At(Get(SharedOptions.Data));
        folder.RequireIdentity();
        return folder;
    }

    /// <summary>The identity of this command line's data folder; the caller disposes it.</summary>
    /// <exception cref="CommandException">There is none, there is no password, or it is wrong.</exception>
    public Identity OpenIdentity()
    {
        var folder = RequireFolder();
        using var password = PasswordSource.Read(this);
        return IdentityStore.Open(folder, password);
    }

    /// <summary>Refuses options that contradict each other.</summary>
    /// <exception cref="CommandException">Both were given.</exception>
    public void RequireNotBoth(Option one, Option other)
    {
        if (Has(one) && Has(other))
            throw new CommandException(
                ExitCode.Usage, $"{one.Name} and {other.Name} contradict each other", $"Give one of the two.");
    }

    /// <summary>Says the result: as one JSON object, or in words.</summary>
    public void Write(object json, Action<TextWriter> inWords)
    {
        Live.Clear();
        if (Json)
            Output.WriteLine(JsonSerializer.Serialize(json, JsonOptions));
        else
            inWords(Output);
        Output.Flush();
    }

    /// <summary>
    /// Says what is being done, unless a script reads; the same line once only, however often it is tried.
    /// </summary>
    public void Say(string line)
    {
        lock (_said)
        {
            if (!Json && _said.Add(line))
                Live.WriteAbove(Printable.Of(line));
        }
    }
}

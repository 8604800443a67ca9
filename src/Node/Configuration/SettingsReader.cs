using System.Collections;
using NuCypher.P2P.Actors.Configuration;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>
/// Reads the settings of a command once: akka.hocon, then the environment, then the command line; a later word wins.
/// </summary>
internal static class SettingsReader
{
    /// <summary>The file's name; it lies beside the program.</summary>
    public const string FileName = "akka.hocon";

    /// <summary>The settings of a file, or of the one beside the program, of variables and words.</summary>
    /// <exception cref="ConfigurationException">An unknown key, or a value that does not fit.</exception>
    public static NodeSettings Read(string? path, IDictionary variables, IReadOnlyList<string> words)
    {
        path ??= Path.Combine(AppContext.BaseDirectory, FileName);
        var text = TextFile.TryRead(path) ?? throw new ConfigurationException("not UTF-8.", Path.GetFileName(path), 0);
        var root = Hocon.Parse(text, Path.GetFileName(path));
        foreach (var name in variables.Keys.Cast<string>().Where(IsSetting).Order(StringComparer.Ordinal))
            root.Override(KeyOf(name), (string?)variables[name] ?? "", $"environment variable {name}");
        foreach (var word in words)
            Override(root, word);
        return NodeSettings.Read(root);
    }

    private static void Override(ConfigSection root, string word)
    {
        if (word.Split('=', 2) is not [{ Length: > 0 } key, var value])
            throw new CommandException(ExitCode.Usage, $"--set {word} has no value", "Write --set KEY=VALUE.");
        root.Override(key, value, "--set");
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("NUCYPHER__", StringComparison.Ordinal) || name.StartsWith("AKKA__", StringComparison.Ordinal);

    /// <summary><c>NUCYPHER__DHT__MAX_RECORDS</c> is the key <c>nucypher.dht.max-records</c>.</summary>
    private static string KeyOf(string name) =>
        name.Replace("__", ".", StringComparison.Ordinal).Replace('_', '-').ToLowerInvariant();
}

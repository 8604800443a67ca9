using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>Reads the settings of a command once: the file, then the environment, then the command line; a later word wins.</summary>
internal static class SettingsReader
{
    /// <summary>The settings of this command line.</summary>
    /// <exception cref="CommandException">An unknown key, or a value that does not fit.</exception>
    public static NodeSettings Read(CommandContext context) => OptionsBinder.Bind<NodeSettings>(
    [
        .. EnvironmentSettings.Read(Environment.GetEnvironmentVariables()),
        .. (context.Get(SharedOptions.Set) ?? []).Select(OfOption),
    ]);

    private static Setting OfOption(string text) => text.Split('=', 2) switch
    {
        [var path, var value] => new Setting(path.Trim(), value, "--set"),
        _ => throw new CommandException(ExitCode.Usage, $"--set {text} has no value", "Write --set KEY=VALUE."),
    };
}

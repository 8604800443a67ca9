using System.CommandLine;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Options that several commands share; the same name means the same everywhere.</summary>
internal static class SharedOptions
{
    /// <summary>One JSON object instead of words.</summary>
    public static Option<bool> Json { get; } =
        new("--json") { Description = "Print one JSON object, for scripts.", Recursive = true };

    /// <summary>The node's folder.</summary>
    public static Option<DirectoryInfo> Data { get; } = new("--data")
    {
        Description = "The node's folder: keystore, certificate, database.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultFolder(),
    };

    // Null without a home: DataFolder.At refuses that, once somebody needs it.
    private static DirectoryInfo DefaultFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile); // empty if the folder isn't there
        return Path.IsPathFullyQualified(home) ? new DirectoryInfo(Path.Combine(home, ".nucypher")) : null!;
    }

    /// <summary>Where the password stands.</summary>
    public static Option<FileInfo?> PasswordFile { get; } = new("--password-file")
    {
        Description = "File whose first line is the password; without it, NUCYPHER_PASSWORD or a prompt.",
        HelpName = "FILE",
    };

    /// <summary>Whether a new password may be one that is soon guessed.</summary>
    public static Option<bool> WeakPassword { get; } = new("--weak-password")
    {
        Description = "Take a new password even if it is short or common.",
    };

    /// <summary>The file of settings.</summary>
    public static Option<FileInfo?> Config { get; } = new("--config")
    {
        Description = "Settings, instead of the program's own akka.hocon.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Settings that win over the file and the environment.</summary>
    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "A setting of akka.hocon for this run; may be given more than once.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
        Recursive = true,
    };
}

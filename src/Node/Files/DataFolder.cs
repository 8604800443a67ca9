using NuCypher.P2P.Node.CommandLine;

namespace NuCypher.P2P.Node.Files;

/// <summary>A node's folder and what lies where in it.</summary>
/// <param name="Path">Absolute path.</param>
internal sealed record DataFolder(string Path)
{
    /// <summary>The seed under the password.</summary>
    public string Keystore => In("keystore");

    /// <summary>The TLS certificate with its key.</summary>
    public string Certificate => In("tls.pem");

    /// <summary>The folder of the database: policies and grants.</summary>
    public string Journal => In("journal");

    /// <summary>The nodes that were known at the last stop.</summary>
    public string Peers => In("peers");

    /// <summary>The records that were kept for others at the last stop.</summary>
    public string Records => In("records");

    /// <summary>The folder at a path; it need not exist.</summary>
    public static DataFolder At(DirectoryInfo directory) => new(directory.FullName);

    /// <summary>Makes sure that nobody's identity is overwritten.</summary>
    /// <exception cref="CommandException">There is one.</exception>
    public void RequireNoIdentity()
    {
        if (File.Exists(Keystore))
        {
            throw new CommandException(
                ExitCode.Storage, $"{Path} has an identity already", "Choose another folder with --data, or use this one.");
        }
    }

    /// <summary>Makes the folder, 0700.</summary>
    /// <exception cref="CommandException">It can't be made.</exception>
    public void Create()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Path);
            else
                Directory.CreateDirectory(Path, Modes.SecretFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.Storage, $"the folder {Path} can't be made: {e.Message}", "Choose a folder that you may write with --data.");
        }
    }

    /// <summary>Makes sure that there is an identity.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public void RequireIdentity()
    {
        if (!File.Exists(Keystore))
        {
            throw new CommandException(
                ExitCode.Storage, $"{Path} has no identity", $"Make one with: nucypher init --data {Path}");
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}

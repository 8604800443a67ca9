using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Files;

/// <summary>Keeps two commands from changing one file at once: what the first wrote would be lost.</summary>
internal static class FileLock
{
    /// <summary>The file that is the lock of another.</summary>
    public static string NameOf(string path) => $"{path}.lock";

    /// <summary>Takes the lock of a file, until it is disposed.</summary>
    /// <exception cref="CommandException">Somebody else has it.</exception>
    public static IDisposable Take(string path)
    {
        var options = AtomicFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, Modes.Secret);
        options.Share = FileShare.None; // any other is no lock between two writers
        try
        {
            return new FileStream(NameOf(path), options);
        }
        catch (IOException e)
        {
            throw new CommandException(
                ExitCode.Storage, $"{path} can't be changed now: {e.Message}",
                "Wait until the other command has ended, and look that the folder has room.");
        }
    }
}

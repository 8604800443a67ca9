using System.Net;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>Where the node of a folder serves while it runs, for commands beside it.</summary>
internal static class ServiceAddressFile
{
    /// <summary>Writes it; a full disk is no reason not to start.</summary>
    public static void Write(DataFolder folder, IPEndPoint? address, ILogger log)
    {
        try
        {
            if (address is not null)
                AtomicFile.Write(folder.Service, System.Text.Encoding.ASCII.GetBytes($"{address}\n"), Modes.Secret);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("where the node serves was not saved for nucypher status: {Why}", e.Message);
        }
    }

    /// <summary>Reads it; null if no node runs there, or its last one did not say goodbye.</summary>
    public static IPEndPoint? Read(DataFolder folder) =>
        Posix.StatusOf(folder.Service) is { IsFile: true }
        && IPEndPoint.TryParse(File.ReadAllText(folder.Service).Trim(), out var address)
            ? address : null;
}

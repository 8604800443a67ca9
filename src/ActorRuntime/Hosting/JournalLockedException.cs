namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>Another process has the journal open.</summary>
public sealed class JournalLockedException(string folder, Exception innerException)
    : Exception($"The journal in '{folder}' is in use by another process. Stop that one first, or choose another folder.", innerException)
{
    /// <summary>Where the journal is.</summary>
    public string Folder => folder;
}

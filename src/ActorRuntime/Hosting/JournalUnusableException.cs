namespace NuCypher.P2P.ActorRuntime.Hosting;

/// <summary>The journal cannot be opened: no permission, no space, not a journal, or one of a newer version.</summary>
public sealed class JournalUnusableException(string folder, string reason, Exception? innerException = null)
    : Exception($"The journal in '{folder}' cannot be opened: {reason}", innerException)
{
    /// <summary>Where the journal is.</summary>
    public string Folder => folder;
}

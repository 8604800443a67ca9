namespace NuCypher.P2P.Actors.Journal;

/// <summary>The journal can't be opened; message and remedy are for the operator.</summary>
/// <param name="what">What is wrong, with the path.</param>
/// <param name="remedy">What to do about it.</param>
/// <param name="cause">What the system said; null if the journal itself is at fault.</param>
public sealed class JournalException(string what, string remedy, Exception? cause = null) : Exception(what, cause)
{
    /// <summary>What to do about it.</summary>
    public string Remedy => remedy;
}

using Akka.Actor.Setup;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>Brings the seal to the journal's plug-in, which Akka makes.</summary>
internal sealed class JournalSealSetup(JournalSeal seal) : Setup
{
    /// <summary>Under which everything is sealed.</summary>
    public JournalSeal Seal => seal;
}

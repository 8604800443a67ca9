namespace NuCypher.P2P.Ledger.Health;

/// <summary>What a round waits for.</summary>
public enum HealthPhase
{
    /// <summary>Commitments to secrets.</summary>
    BeaconCommit,

    /// <summary>The secrets.</summary>
    BeaconReveal,

    /// <summary>Commitments to votes.</summary>
    VoteCommit,

    /// <summary>The votes.</summary>
    VoteReveal,
}

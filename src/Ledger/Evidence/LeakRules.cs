namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>Which rules divide fee and collateral when a policy ends before its time.</summary>
public enum LeakRules
{
    /// <summary>Alice revoked: nobody is to blame.</summary>
    Revocation,

    /// <summary>A leaked kfrag was shown; the paper's division. An owner gains by challenging himself.</summary>
    Seed,

    /// <summary>A leaked kfrag was shown; the challenger's part comes out of the owner's.</summary>
    Capped,

    /// <summary>A leaked kfrag was shown; as a revocation, because nothing says who leaked it.</summary>
    SelfIncriminating,
}

namespace NuCypher.P2P.Policy.Bob;

/// <summary>Why Bob did not get enough re-encryptions.</summary>
public enum RetrievalFailure
{
    /// <summary>All Ursulas were asked, and fewer than the threshold gave correct re-encryptions.</summary>
    TooFewUrsulas,

    /// <summary>The deadline passed before.</summary>
    DeadlinePassed,
}

namespace NuCypher.P2P.Policy.Alice;

/// <summary>Why a grant was not made.</summary>
public enum GrantFailure
{
    /// <summary>
    /// Fewer Ursulas than shares could be found that take a kfrag; the outcomes say why each did not.
    /// </summary>
    TooFewUrsulas,

    /// <summary>The deadline passed before.</summary>
    DeadlinePassed,
}

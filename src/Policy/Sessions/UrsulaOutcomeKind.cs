namespace NuCypher.P2P.Policy.Sessions;

/// <summary>What came of asking one Ursula.</summary>
public enum UrsulaOutcomeKind
{
    /// <summary>She accepted an arrangement.</summary>
    Accepted,

    /// <summary>She confirmed the deposit.</summary>
    Deposited,

    /// <summary>She confirmed the new time.</summary>
    Renewed,

    /// <summary>She confirmed that the kfrag is gone.</summary>
    Revoked,

    /// <summary>She re-encrypted, and every proof holds.</summary>
    Reencrypted,

    /// <summary>She refused, signed; the reason says why.</summary>
    Refused,

    /// <summary>No current node record of her was found.</summary>
    NotFound,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Somebody else answers at her address.</summary>
    PinMismatch,

    /// <summary>She has too much work, or the caller asks too often.</summary>
    Overloaded,

    /// <summary>Her disk does not take what she would have to remember: it is full, or it fails.</summary>
    CannotStore,

    /// <summary>Her answer is no protocol object, not signed by her, or about another request.</summary>
    BadAnswer,

    /// <summary>A cfrag of hers is wrong: she re-encrypted with something else than Alice's kfrag.</summary>
    BadCapsuleFrag,

    /// <summary>Her cfrag comes from the same kfrag as another Ursula's.</summary>
    RepeatedCapsuleFrag,

    /// <summary>
    /// Her cfrags don't fit, but she serves from a deposit with other terms than the treasure map's: the map is wrong,
    /// or she is.
    /// </summary>
    OtherDeposit,

    /// <summary>
    /// She was passed over: those at her address, on her network or behind her certificate are a threshold but one
    /// already.
    /// </summary>
    SharedFate,

    /// <summary>She was asked, but the answer was not waited for.</summary>
    Abandoned,
}

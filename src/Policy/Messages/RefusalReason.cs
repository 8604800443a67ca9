namespace NuCypher.P2P.Policy.Messages;

/// <summary>
/// Why an Ursula refused; one byte in a signed refusal. Numbers are never used again for something else.
/// </summary>
public enum RefusalReason : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>She holds as many policies as she wants to.</summary>
    Full = 1,

    /// <summary>Longer than she promises, or already over.</summary>
    Duration = 2,

    /// <summary>Starts later than she plans ahead.</summary>
    TooFarAhead = 3,

    /// <summary>Addressed to another Ursula.</summary>
    NotForMe = 4,

    /// <summary>Issued outside the time window around her clock.</summary>
    OutsideTimeWindow = 5,

    /// <summary>The same request came before.</summary>
    Replayed = 6,

    /// <summary>The signature is not by the one who may ask.</summary>
    BadSignature = 7,

    /// <summary>She holds no such policy, or the asker is nobody whom she tells.</summary>
    UnknownPolicy = 8,

    /// <summary>There is no arrangement for this deposit, or it lapsed.</summary>
    NoArrangement = 9,

    /// <summary>The deposit promises another time than the arrangement.</summary>
    ArrangementDiffers = 10,

    /// <summary>An order of the same or a higher version was carried out already.</summary>
    StaleVersion = 11,

    /// <summary>The request names another version of the kfrag than she holds: fetch the treasure map again.</summary>
    OtherKeyFragVersion = 12,

    /// <summary>The sealed kfrag doesn't open, or isn't what its hash says.</summary>
    UnreadableKeyFrag = 13,

    /// <summary>The kfrag isn't valid for these keys.</summary>
    InvalidKeyFrag = 14,

    /// <summary>Arranged, but no kfrag was deposited yet.</summary>
    NoKeyFrag = 15,

    /// <summary>The policy's time has not begun.</summary>
    NotYet = 16,

    /// <summary>The policy's time is over.</summary>
    Expired = 17,

    /// <summary>Alice revoked the policy.</summary>
    Revoked = 18,

    /// <summary>Too many requests at once; try again later.</summary>
    Busy = 19,

    /// <summary>More capsules in one request than she re-encrypts.</summary>
    TooManyCapsules = 20,

    /// <summary>The policy was renewed as often as she allows.</summary>
    TooManyRenewals = 21,

    /// <summary>She holds as many policies of this Alice, or from this address, as she wants to.</summary>
    ShareUsedUp = 22,

    /// <summary>The policy was arranged as often, without a kfrag, as she allows.</summary>
    TooManyArrangements = 23,

    /// <summary>Rules of a kind that she doesn't know, or more than she takes.</summary>
    RulesNotUnderstood = 24,

    /// <summary>Within this validity the rules never hold again.</summary>
    RulesNeverHold = 25,

    /// <summary>Outside the intervals or hours in which Alice lets the policy be served.</summary>
    OutsideSchedule = 26,

    /// <summary>Alice's condition does not hold.</summary>
    ConditionFalse = 27,

    /// <summary>Whether Alice's condition holds can't be known now.</summary>
    ConditionUnknown = 28,

    /// <summary>The condition asks somebody whom her operator doesn't let her ask.</summary>
    HostNotAsked = 29,
}

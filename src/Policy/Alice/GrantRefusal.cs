namespace NuCypher.P2P.Policy.Alice;

/// <summary>Why Alice's grants refuse a command.</summary>
public enum GrantRefusal
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>There is no such grant.</summary>
    Unknown,

    /// <summary>Its revocation was ordered: grant anew instead.</summary>
    Revoked,

    /// <summary>Its time is over: grant anew instead.</summary>
    Expired,

    /// <summary>A grant of the same label to the same Bob is in force: renew or revoke it.</summary>
    InForce,

    /// <summary>Fewer Ursulas than the threshold confirmed the new time.</summary>
    TooFewReceipts,

    /// <summary>Alice keeps as many grants as she wants to.</summary>
    Full,

    /// <summary>Another order about the grant, or too many orders, are under way.</summary>
    Busy,

    /// <summary>Threshold, shares or time are none that a policy can have.</summary>
    InvalidTerms,

    /// <summary>The grant was found by its treasure map, which doesn't say its rules: the order must.</summary>
    RulesUnknown,
}

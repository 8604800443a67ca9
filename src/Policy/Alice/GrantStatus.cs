namespace NuCypher.P2P.Policy.Alice;

/// <summary>Where a grant is in its life.</summary>
public enum GrantStatus
{
    /// <summary>Its time has not begun.</summary>
    NotYet,

    /// <summary>Bob can read.</summary>
    Active,

    /// <summary>Revocation was ordered; too few Ursulas confirmed it to be sure.</summary>
    Revoking,

    /// <summary>So many Ursulas confirmed the revocation that the rest can't serve Bob.</summary>
    Revoked,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Kfrags were sent, but the grant was not made: revoke it, or grant anew.</summary>
    Unfinished,
}

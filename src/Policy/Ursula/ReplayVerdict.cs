namespace NuCypher.P2P.Policy.Ursula;

/// <summary>What a <see cref="ReplayWindow"/> says about a request.</summary>
public enum ReplayVerdict
{
    /// <summary>New, and in time.</summary>
    Fresh,

    /// <summary>The nonce came before.</summary>
    Replayed,

    /// <summary>Issued too long ago, or too far in the future.</summary>
    OutsideTimeWindow,

    /// <summary>As many requests as can be remembered came within the window.</summary>
    Full,
}

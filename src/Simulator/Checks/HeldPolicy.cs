using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Simulator;

/// <summary>What the world outside knows for certain about one policy at one Ursula, from her own answers.</summary>
internal sealed class HeldPolicy
{
    /// <summary>She confirmed a deposit.</summary>
    public bool IsDeposited { get; set; }

    /// <summary>Somebody sent her a valid order to revoke it, whether she confirmed it or not.</summary>
    public bool IsRevocationSeen { get; set; }

    /// <summary>The version of the revocation that she confirmed.</summary>
    public PolicyVersion? Revoked { get; set; }

    /// <summary>The latest end that Alice may have given it.</summary>
    public DateTimeOffset LatestEnd { get; set; }

    /// <summary>The earliest end that Alice may have given it.</summary>
    public DateTimeOffset EarliestEnd { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>The beginning.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Whether she must serve it at a time of her clock.</summary>
    public bool MustBeHeld(DateTimeOffset now) => IsDeposited && !IsRevocationSeen && now < EarliestEnd;
}

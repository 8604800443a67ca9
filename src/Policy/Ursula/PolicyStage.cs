namespace NuCypher.P2P.Policy.Ursula;

/// <summary>Where a policy is in its life at one Ursula.</summary>
public enum PolicyStage
{
    /// <summary>Nothing is known of it.</summary>
    Unknown,

    /// <summary>Arranged; the kfrag has not come yet.</summary>
    Arranged,

    /// <summary>The kfrag is here.</summary>
    Held,

    /// <summary>Alice revoked it: a tombstone.</summary>
    Revoked,

    /// <summary>Its time was over: a tombstone.</summary>
    Expired,
}

namespace NuCypher.P2P.Policy.Kits;

/// <summary>What came of opening a message kit.</summary>
public enum KitOpening
{
    /// <summary>It opened, and the author's signature, if there is one, is true.</summary>
    Opened,

    /// <summary>Another key, too few re-encryptions, or altered bytes.</summary>
    CannotOpen,

    /// <summary>It opened, but does not say who wrote it in a way that this program knows.</summary>
    Malformed,

    /// <summary>
    /// It opened, but the author that it names did not sign it for this policy. Nothing of it is given out.
    /// </summary>
    BadSignature,
}

namespace NuCypher.P2P.Actors.Bob;

/// <summary>Why Bob has no treasure map.</summary>
public enum MapRefusal
{
    /// <summary>Nobody holds one under this Alice, this Bob and this label: never granted, over, or not yet published.</summary>
    NotFound,

    /// <summary>No node of the network answered.</summary>
    NoNetwork,

    /// <summary>It is not sealed to this Bob.</summary>
    NotForThisBob,

    /// <summary>Alice published something that is no treasure map.</summary>
    Unreadable,
}

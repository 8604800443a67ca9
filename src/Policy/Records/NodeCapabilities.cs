namespace NuCypher.P2P.Policy.Records;

/// <summary>What a node does for others; bits that this program does not know are kept.</summary>
[Flags]
public enum NodeCapabilities : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Answers the Kademlia protocol.</summary>
    Dht = 1,

    /// <summary>Takes arrangements as an Ursula.</summary>
    Ursula = 2,

    /// <summary>
    /// Is behind a NAT: it is called over UDP, once one of the mediators in its record has introduced the caller.
    /// </summary>
    Mediated = 4,

    /// <summary>Mediates for nodes behind a NAT at this time: whoever looks for Ursulas asks it for its
    /// guests.</summary>
    Mediator = 8,
}

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
}

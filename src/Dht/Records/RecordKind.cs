namespace NuCypher.P2P.Dht;

/// <summary>What a signed record is about.</summary>
public enum RecordKind : byte
{
    /// <summary>None; never read and never written.</summary>
    None = 0,

    /// <summary>
    /// A node's keys, addresses and capabilities, under the node's own id; at most 512 bytes, no topic.
    /// </summary>
    NodeRecord = 1,

    /// <summary>Where a policy's re-encryption key fragments are; the topic is the policy's hrac.</summary>
    TreasureMap = 2,
}

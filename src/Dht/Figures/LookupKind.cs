namespace NuCypher.P2P.Dht;

/// <summary>What a lookup is for.</summary>
public enum LookupKind
{
    /// <summary>It looks for the nodes nearest to a key.</summary>
    Nodes,

    /// <summary>It looks for what is under a key.</summary>
    Value,

    /// <summary>It looks for nodes to store something at.</summary>
    Store,
}

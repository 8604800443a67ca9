namespace NuCypher.P2P.Dht;

/// <summary>The five remote procedures of the wire.</summary>
internal enum RpcMethod
{
    Ping,
    Store,
    FindNode,
    FindValue,
    Stun,
}

namespace NuCypher.P2P.Node.Https;

/// <summary>A contact of the routing table.</summary>
/// <param name="NodeId">40 hexadecimal digits.</param>
/// <param name="Udp">Its address.</param>
internal sealed record PeerStatus(string NodeId, string Udp);

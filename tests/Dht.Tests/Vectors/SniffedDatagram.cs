namespace NuCypher.P2P.Dht.Tests.Vectors;

/// <summary>One datagram between two Python peers.</summary>
internal sealed record SniffedDatagram(string Scene, int FromPort, int ToPort, byte[] Bytes)
{
    public bool IsRequest => Bytes[0] == 0;
}

using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Simulator.Tests;

/// <summary>
/// A planted bug: a node takes the farthest for the nearest, because it reads every target of a search with all bits
/// turned over.
/// </summary>
internal static class WrongOrder
{
    public static ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> datagram)
    {
        var start = RpcDatagram.TargetStart(datagram.Span);
        if (start == 0 || datagram.Length < start + NodeId.Size)
            return datagram;
        var turned = datagram.ToArray();
        foreach (ref var part in turned.AsSpan(start, NodeId.Size))
            part = (byte)(part ^ byte.MaxValue);
        return turned;
    }
}

using System.Buffers.Binary;

namespace NuCypher.P2P.Simulator;

/// <summary>Adds long byte strings to a trace eight bytes at a time.</summary>
internal static class TraceHashBytes
{
    public static void AddFast(this TraceHash trace, ReadOnlySpan<byte> bytes)
    {
        trace.Add(bytes.Length);
        while (bytes.Length >= sizeof(long))
        {
            trace.Add(BinaryPrimitives.ReadInt64LittleEndian(bytes));
            bytes = bytes[sizeof(long)..];
        }

        foreach (var last in bytes)
            trace.Add((long)last);
    }
}

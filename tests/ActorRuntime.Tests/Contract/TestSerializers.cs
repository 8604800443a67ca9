using System.Buffers.Binary;
using System.Text;
using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

/// <summary>Serializers for the events of tests: numbers and text. A text that begins with '!' cannot be written.</summary>
internal static class TestSerializers
{
    public static EventSerializers Create() => new EventSerializers()
        .Add<long>("number/1", Write, payload => BinaryPrimitives.ReadInt64LittleEndian(payload.Span))
        .Add<string>("text/1", Write, payload => Encoding.UTF8.GetString(payload.Span));

    private static ReadOnlyMemory<byte> Write(long value)
    {
        var payload = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(payload, value);
        return payload;
    }

    private static ReadOnlyMemory<byte> Write(string value) =>
        value.StartsWith('!') ? throw new FormatException("cannot be written") : Encoding.UTF8.GetBytes(value);
}

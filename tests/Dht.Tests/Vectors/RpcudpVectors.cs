using System.Text.Json;

namespace NuCypher.P2P.Dht.Tests.Vectors;

/// <summary>The datagrams of <c>rpcudp-vectors.json</c>: sniffed between unmodified Python peers.</summary>
internal static class RpcudpVectors
{
    private static readonly JsonElement Root =
        JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "rpcudp-vectors.json"))).RootElement;

    public static IReadOnlyList<SniffedDatagram> Sniffed { get; } =
        [.. Root.GetProperty("datagrams").EnumerateArray().Select(ReadSniffed)];

    public static IReadOnlyList<OddDatagram> Odd { get; } =
        [.. Root.GetProperty("odd_datagrams_sent_to_a").EnumerateArray().Select(ReadOdd)];

    /// <summary>The id of the peer at a port: 19201 is a, 19202 b, 19203 c.</summary>
    public static NodeId PeerAt(int port)
    {
        var hex = Root.GetProperty("peers").GetProperty(
            port.ToString(System.Globalization.CultureInfo.InvariantCulture)).GetProperty("id");
        return NodeId.TryParse(hex.GetString(), out var id) ? id : throw new InvalidDataException("no such peer");
    }

    private static SniffedDatagram ReadSniffed(JsonElement element) => new(
        element.GetProperty("scene").GetString()!,
        element.GetProperty("from_port").GetInt32(),
        element.GetProperty("to_port").GetInt32(),
        Convert.FromHexString(element.GetProperty("hex").GetString()!));

    private static OddDatagram ReadOdd(JsonElement element) => new(
        element.GetProperty("case").GetString()!,
        ReadBytes(element, "request")!,
        ReadBytes(element, "reply"));

    /// <summary>Bytes in hexadecimal; "..." stands for the last byte, as often as the length wants.</summary>
    private static byte[]? ReadBytes(JsonElement element, string name)
    {
        if (!element.TryGetProperty($"{name}_hex", out var hex))
            return null;
        var head = Convert.FromHexString(hex.GetString()!.TrimEnd('.'));
        var bytes = new byte[element.GetProperty($"{name}_length").GetInt32()];
        bytes.AsSpan().Fill(head[^1]);
        head.CopyTo(bytes, 0);
        return bytes;
    }
}

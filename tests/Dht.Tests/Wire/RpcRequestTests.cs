using NuCypher.P2P.Dht.Tests.Vectors;

namespace NuCypher.P2P.Dht.Tests.Wire;

public sealed class RpcRequestTests
{
    private static readonly byte[][] Bodies =
        [.. RpcudpVectors.Sniffed.Where(
            d => d.IsRequest && d.Bytes.Length < 200).Select(d => d.Bytes[RpcHeader.Size..])];

    [Fact]
    public void TryRead_EveryTruncation_Refuses() => Assert.All(Bodies, body =>
    {
        for (var length = 0; length < body.Length; length++)
            Assert.False(RpcRequest.TryRead(body.AsMemory(0, length), out _));
    });

    [Fact]
    public void TryRead_OneExtraByte_IsIgnored() => Assert.All(Bodies, body =>
        Assert.True(RpcRequest.TryRead((byte[])[.. body, 0x93], out var request) && !request.FromClient));

    [Fact]
    public void TryRead_ClientTrailer_IsNoticed() => Assert.All(Bodies, body =>
        Assert.True(
            RpcRequest.TryRead((byte[])[.. body, .. RpcHeader.ClientTrailer], out var request) && request.FromClient));

    [Fact]
    public void TryRead_EveryBitFlip_NeverThrows() => Assert.All(Bodies, body =>
    {
        var flipped = body.ToArray();
        for (var bit = 0; bit < 8 * body.Length; bit++)
        {
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            RpcRequest.TryRead(flipped, out _);
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    });
}

using NuCypher.P2P.Dht.Tests.Vectors;

namespace NuCypher.P2P.Dht.Tests.Wire;

/// <summary>What remote bytes may be: nothing of them makes the library throw through the border.</summary>
public sealed class WireBorderTests
{
    private static readonly byte[] Codes =
    [
        0x80, 0x81, 0x92, 0xA0, 0xBF, 0xC0, 0xC1, 0xC3, 0xE0, 0xFF,
        .. Enumerable.Range(0xC4, 28).Select(code => (byte)code),
    ];

    private static byte[] Store(byte[] value) =>
        [0x92, 0xA5, .. "store"u8, 0x93, 0xC4, 20, .. new byte[20], 0xC4, 20, .. new byte[20], .. value];

    private static byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)0x91, depth), 0xC0];

    [Theory]
    [InlineData(""), InlineData("c1"), InlineData("d9"), InlineData("d903"), InlineData("c5ffff00")]
    [InlineData("c6ffffffff00"), InlineData("db7fffffff"), InlineData("db80000000"), InlineData("dbffffffff")]
    [InlineData("d4"), InlineData("c7ff05"), InlineData("c980000000"), InlineData("c9ffffffff"), InlineData("cf00")]
    [InlineData("cb00")]
    [InlineData("dd00"), InlineData("dd7fffffff"), InlineData("dd80000000"), InlineData("ddffffffffc0")]
    [InlineData("df7fffffff"), InlineData("df80000000"), InlineData("dfffffffff00")]
    [InlineData("92c0"), InlineData("81c0")]
    public void TryRead_BrokenBytesOrLengthsBeyondThem_Refuses(string encoded)
    {
        var bytes = Convert.FromHexString(encoded);

        Assert.False(RpcResponse.TryRead(bytes, out _));
        Assert.False(RpcRequest.TryRead(Store(bytes), out _));
        Assert.False(PlainValue.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData("a1ff"), InlineData("a2ff61"), InlineData("a2c3"), InlineData("d902c328"), InlineData("da0002eda0")]
    [InlineData("92a1ffc0"), InlineData("81a1ff01"), InlineData("8101a1ff")]
    public void TryRead_TextThatIsNotUtf8_Refuses(string encoded)
    {
        var bytes = Convert.FromHexString(encoded);

        Assert.False(RpcResponse.TryRead(bytes, out _));
        Assert.False(RpcRequest.TryRead(Store(bytes), out _));
        Assert.False(PlainValue.TryRead(bytes, out _));
    }

    [Fact]
    public void TryRead_Nesting_IsReadToTheLimitAndNoDeeper()
    {
        Assert.True(RpcResponse.TryRead(Nested(15), out _));
        Assert.True(RpcRequest.TryRead(Store(Nested(15)), out _));
        foreach (var depth in new[] { 16, 60_000 })
        {
            Assert.False(RpcResponse.TryRead(Nested(depth), out _));
            Assert.False(RpcRequest.TryRead(Store(Nested(depth)), out _));
        }
    }

    [Fact]
    public void TryRead_MixedObject_TakesExactlyThatObject()
    {
        var mixed = Convert.FromHexString("93" + "01" + "82a161c0a16293c2c3c40100" + "d90161");

        Assert.True(RpcResponse.TryRead((byte[])[.. mixed, 0xFF], out var response));
        Assert.True(RpcRequest.TryRead((byte[])[.. Store(mixed), 0xFF], out var request));

        Assert.Equal(mixed, response.Result.ToArray());
        Assert.Equal(mixed, request.Value.ToArray());
    }

    [Theory, InlineData("92"), InlineData("dc0002"), InlineData("dd00000002")]
    public void TryRead_RequestWithAnyHeaderOfTwo_IsRead(string header) =>
        Assert.True(RpcRequest.TryRead(Convert.FromHexString(header + "a47374756e" + "90"), out var request)
            && request.Method == RpcMethod.Stun);

    [Theory, InlineData("93a47374756e90c0"), InlineData("91a47374756e90"), InlineData("82a47374756e90")]
    [InlineData("92a47374756e")]
    public void TryRead_RequestWithAnotherHeaderOrTooShort_Refuses(string body) =>
        Assert.False(RpcRequest.TryRead(Convert.FromHexString(body), out _));

    [Theory, InlineData(1), InlineData(2)]
    public void TryRead_MutationsOfEveryVector_NeverThrow(int seed)
    {
        var random = new Random(seed);
        var vectors = RpcudpVectors.Sniffed.Select(d => d.Bytes).Concat(RpcudpVectors.Odd.Select(d => d.Request));
        foreach (var datagram in vectors)
        {
            for (var round = 0; round < 200; round++)
            {
                var mutation = datagram.ToArray();
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                    mutation[random.Next(mutation.Length)] = Codes[random.Next(Codes.Length)];
                var length = random.Next(2) == 0 ? mutation.Length : random.Next(mutation.Length);
                ReadEverything(mutation.AsMemory(0, length));
            }
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void TryRead_RandomBytes_NeverThrow(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 64)];
            random.NextBytes(bytes);
            ReadEverything((byte[])[.. new byte[RpcHeader.Size], 0x92, .. bytes]);
            ReadEverything((byte[])[RpcHeader.Response, .. new byte[NodeId.Size], .. bytes]);
        }
    }

    private static void ReadEverything(ReadOnlyMemory<byte> datagram)
    {
        if (!RpcHeader.TryRead(datagram, out _, out _, out var body))
            return;
        if (RpcRequest.TryRead(body, out var request))
            PlainValue.TryRead(request.Value, out _);
        PlainValue.TryRead(body, out _);
        if (!RpcResponse.TryRead(body, out var response))
            return;
        response.TryReadNodeId(out _);
        response.TryReadAddress(out _);
        response.TryReadValue(out _);
        response.TryReadContacts(20, []);
        response.IsTrue();
    }
}

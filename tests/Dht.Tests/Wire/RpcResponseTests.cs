using NuCypher.P2P.Dht.Tests.Vectors;

namespace NuCypher.P2P.Dht.Tests.Wire;

public sealed class RpcResponseTests
{
    private const string Id = "c4140102030405060708090a0b0c0d0e0f1011121314";

    private static readonly byte[][] Bodies =
        [.. RpcudpVectors.Sniffed.Where(d => !d.IsRequest).Select(d => d.Bytes[RpcHeader.Size..])];

    [Theory]
    [InlineData("port 0", "93" + Id + "a7312e322e332e34" + "00")]
    [InlineData("port -1", "93" + Id + "a7312e322e332e34" + "ff")]
    [InlineData("port 65536", "93" + Id + "a7312e322e332e34" + "ce00010000")]
    [InlineData("port as text", "93" + Id + "a7312e322e332e34" + "a131")]
    [InlineData("address nil", "93" + Id + "c0" + "05")]
    [InlineData("host name", "93" + Id + "a9" + "6c6f63616c686f7374" + "05")]
    [InlineData("address with NUL", "93" + Id + "a8312e322e332e3400" + "05")]
    [InlineData("address as bin", "93" + Id + "c407312e322e332e34" + "05")]
    [InlineData("id alone", "91" + Id)]
    [InlineData("4 fields", "94" + Id + "a7312e322e332e34" + "05" + "05")]
    [InlineData("id of 19 bytes", "93" + "c4130102030405060708090a0b0c0d0e0f10111213" + "a7312e322e332e34" + "05")]
    [InlineData("id of 21 bytes", "93" + "c4150102030405060708090a0b0c0d0e0f101112131415" + "a7312e322e332e34" + "05")]
    [InlineData("id as str", "93" + "b4" + "6161616161616161616161616161616161616161" + "a7312e322e332e34" + "05")]
    [InlineData("a number", "05")]
    public void TryReadContacts_BrokenContact_IsLeftOut(string what, string contact)
    {
        const string Good = "93" + Id + "a7312e322e332e34" + "05";

        var contacts = Read($"92{contact}{Good}");

        Assert.True(contacts.Count == 1, what);
        Assert.Equal("1.2.3.4:5", contacts[0].Address.ToString());
    }

    [Fact]
    public void TryReadContacts_MappedIPv4_IsNormalised() =>
        Assert.Equal(
            "1.2.3.4:5", Assert.Single(Read("9193" + Id + "ae3a3a666666663a312e322e332e34" + "05")).Address.ToString());

    [Fact]
    public void TryReadContacts_MoreThanTheLimit_TakesTheFirst()
    {
        var contact = "93" + Id + "a7312e322e332e34" + "05";

        Assert.Equal(20, Read("dc0258" + string.Concat(Enumerable.Repeat(contact, 600))).Count);
    }

    [Theory]
    [InlineData("81a576616c756501", "01"), InlineData("82a3736967c0a576616c7565a161", "a161")]
    [InlineData("de0001d90576616c756501", "01")]
    public void TryReadValue_MapWithTheValueAnywhere_FindsIt(string map, string expected)
    {
        Assert.True(RpcResponse.TryRead(Convert.FromHexString(map), out var response));
        Assert.True(response.TryReadValue(out var value));
        Assert.Equal(expected, Convert.ToHexStringLower(value.Span));
    }

    [Theory, InlineData("80"), InlineData("81a576616c7565c0"), InlineData("81a561616161a1c0"), InlineData("05")]
    [InlineData("90")]
    public void TryReadValue_NoValue_Refuses(string result) =>
        Assert.False(
            RpcResponse.TryRead(Convert.FromHexString(result), out var response) && response.TryReadValue(out _));

    [Theory, InlineData("92a7312e322e332e3405", true), InlineData("94a33a3a31050000", true)]
    [InlineData("93a33a3a310500", false)]
    public void TryReadAddress_TwoOrFourElements_IsRead(string result, bool expected)
    {
        Assert.True(RpcResponse.TryRead(Convert.FromHexString(result), out var response));
        Assert.Equal(expected, response.TryReadAddress(out _));
    }

    [Fact]
    public void TryRead_EveryTruncation_Refuses() => Assert.All(Bodies.Where(body => body.Length < 200), body =>
    {
        for (var length = 0; length < body.Length; length++)
            Assert.False(RpcResponse.TryRead(body.AsMemory(0, length), out _));
    });

    [Fact]
    public void TryRead_EveryBitFlip_NeverThrows() => Assert.All(Bodies, body =>
    {
        var flipped = body.ToArray();
        for (var bit = 0; bit < 8 * Math.Min(body.Length, 200); bit++)
        {
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (RpcResponse.TryRead(flipped, out var response))
                ReadEverything(response);
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    });

    private static void ReadEverything(in RpcResponse response)
    {
        response.TryReadNodeId(out _);
        response.TryReadAddress(out _);
        response.TryReadValue(out _);
        response.TryReadContacts(20, []);
        response.IsTrue();
    }

    private static List<Contact> Read(string hex)
    {
        var contacts = new List<Contact>();
        Assert.True(RpcResponse.TryRead(
            Convert.FromHexString(hex), out var response) && response.TryReadContacts(20, contacts));
        return contacts;
    }
}

using System.Net;
using System.Text;

namespace NuCypher.P2P.Dht.Tests;

public sealed class NodeAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:19201")]
    [InlineData("255.0.10.1:1")]
    [InlineData("[::1]:65535")]
    [InlineData("[2001:db8::7]:9000")]
    public void TryParse_NumericAddress_WritesTheSameText(string text)
    {
        Assert.True(NodeAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.Equal(text, address.ToIPEndPoint().ToString());
        Assert.Equal(address, NodeAddress.From(address.ToIPEndPoint()));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData(":"), InlineData("localhost:1"), InlineData("1.2.3.4")]
    [InlineData("1.2.3:4"), InlineData("1.2.3.4:65536"), InlineData("1.2.3.4:-1"), InlineData("::1:5")]
    [InlineData("[1.2.3.4]:5")]
    [InlineData("[fe80::1%eth0]:5"), InlineData("1.2.3.4: 5"), InlineData("1.2.3.4:5\0")]
    public void TryParse_AnythingElse_Refuses(string? text) => Assert.False(NodeAddress.TryParse(text, out _));

    [Fact]
    public void Constructor_MappedIPv4_IsTheIPv4Address()
    {
        var mapped = new NodeAddress(IPAddress.Parse("::ffff:1.2.3.4"), 5);

        Assert.Equal(new NodeAddress(IPAddress.Parse("1.2.3.4"), 5), mapped);
        Assert.Equal("1.2.3.4:5", mapped.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.0.255.1"), InlineData("::1"), InlineData("2001:db8::1")]
    public void TryReadHost_WhatWriteHostWrote_IsTheSameAddress(string host)
    {
        var address = new NodeAddress(IPAddress.Parse(host), 7);
        var text = new byte[45];

        var length = address.WriteHost(text);

        Assert.Equal(host, Encoding.ASCII.GetString(text, 0, length));
        Assert.True(NodeAddress.TryReadHost(text.AsSpan(0, length), 7, out var read));
        Assert.Equal(address, read);
    }

    [Theory]
    [InlineData(""), InlineData("1.2.3"), InlineData("1.2.3.4.5"), InlineData("1.2.3.256"), InlineData("0x7f.1")]
    [InlineData("a.b.c.d")]
    [InlineData("1..2.3"), InlineData("host"), InlineData("1.2.3.4\0"), InlineData("::1%1"), InlineData(":::")]
    [InlineData("1.2.3.+4")]
    public void TryReadHost_NotNumeric_Refuses(string host) =>
        Assert.False(NodeAddress.TryReadHost(Encoding.ASCII.GetBytes(host), 1, out _));

    [Theory]
    [InlineData("1.2.3.4:5", true), InlineData("[2001:db8::1]:5", true), InlineData("127.0.0.1:1", true)]
    [InlineData("1.2.3.4:0", false), InlineData("0.0.0.0:5", false), InlineData("224.0.0.1:5", false)]
    [InlineData("255.255.255.255:5", false), InlineData("[::]:5", false), InlineData("[ff02::1]:5", false)]
    public void IsUnicast_Address_TellsWhetherItCanReceive(string text, bool expected)
    {
        Assert.True(NodeAddress.TryParse(text, out var address));

        Assert.Equal(expected, address.IsUnicast);
    }
}

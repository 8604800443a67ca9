using System.Numerics;

namespace NuCypher.P2P.Dht.Tests;

public sealed class NodeIdTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void DistanceTo_AnyPair_IsTheXorOfTheNumbers(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (a, b, target) = (NodeId.Random(random), NodeId.Random(random), NodeId.Random(random));

            var order = a.DistanceTo(target).CompareTo(b.DistanceTo(target));

            Assert.Equal((Number(a) ^ Number(target)).CompareTo(Number(b) ^ Number(target)), order);
            Assert.Equal(NodeId.Bits - (int)(Number(a) ^ Number(b)).GetBitLength(), a.SharedPrefix(b));
        }
    }

    [Fact]
    public void Diverge_EveryBit_SharesExactlyThatPrefix()
    {
        var random = new Random(7);
        var id = NodeId.Random(random);

        for (var bit = 0; bit < NodeId.Bits; bit++)
        {
            var other = id.Diverge(bit, random);

            Assert.Equal(bit, id.SharedPrefix(other));
            Assert.True(id.DistanceTo(other).Bit(bit));
        }
    }

    [Theory, InlineData(0), InlineData(19), InlineData(21), InlineData(32)]
    public void TryRead_OtherLengths_Refuses(int length) => Assert.False(NodeId.TryRead(new byte[length], out _));

    [Fact]
    public void TryRead_WhatWriteWrote_IsTheSameId()
    {
        var id = NodeId.Random(new Random(1));

        Assert.True(NodeId.TryRead(id.ToBytes(), out var read));
        Assert.True(NodeId.TryParse(id.ToString(), out var parsed));
        Assert.Equal((id, id), (read, parsed));
    }

    [Theory, InlineData(null), InlineData(""), InlineData("00"), InlineData("zz00000000000000000000000000000000000000")]
    public void TryParse_NotFortyDigits_Refuses(string? text) => Assert.False(NodeId.TryParse(text, out _));

    [Fact]
    public void FromPlainKey_KnownText_IsItsSha1() =>
        Assert.Equal("a0f7e779f9247566c84036f07f7bdf4a40a869bd", NodeId.FromPlainKey("greeting"u8).ToString());

    private static BigInteger Number(NodeId id) => new(id.ToBytes(), isUnsigned: true, isBigEndian: true);
}

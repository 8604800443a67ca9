namespace NuCypher.P2P.Dht.Tests;

public sealed class PeerListTests
{
    private static readonly Contact[] Contacts = [.. Enumerable.Range(1, 5).Select(MakeContact)];

    [Fact]
    public void TryRead_WhatToBytesMade_IsTheSameList()
    {
        Assert.True(PeerList.TryRead(PeerList.ToBytes(Contacts), out var read));
        Assert.Equal(Contacts, read);
    }

    [Fact]
    public void ToBytes_MoreThanTheLimit_TakesTheFirst()
    {
        Assert.True(PeerList.TryRead(
            PeerList.ToBytes([.. Enumerable.Range(1, PeerList.MaxCount + 1).Select(MakeContact)]), out var read));
        Assert.Equal(PeerList.MaxCount, read.Count);
    }

    [Fact]
    public void TryRead_TruncationsExtraByteAndRandomBytes_Refuses()
    {
        var bytes = PeerList.ToBytes(Contacts);
        var random = new Random(1);

        for (var length = 0; length < bytes.Length; length++)
            Assert.False(PeerList.TryRead(bytes.AsSpan(0, length), out _), $"length {length}");
        Assert.False(PeerList.TryRead([.. bytes, 0], out _));
        for (var round = 0; round < 1000; round++)
        {
            random.NextBytes(bytes);
            Assert.False(PeerList.TryRead(bytes, out _));
        }
    }

    private static Contact MakeContact(int number) =>
        new(NodeId.Random(new Random(number)), TestNetwork.AddressOf(number));
}

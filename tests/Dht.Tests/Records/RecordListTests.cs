using System.Buffers.Binary;

namespace NuCypher.P2P.Dht.Tests.Records;

public sealed class RecordListTests : IDisposable
{
    private static readonly DateTimeOffset End = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestSigner _signer = new();
    private readonly HeldRecord[] _records;

    public RecordListTests() => _records =
        [Held(1, 0, TestNetwork.AddressOf(1)), Held(2, 40, TestNetwork.AddressOf(2)), Held(3, 1000, default)];

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void TryRead_WhatToBytesMade_IsTheSameList()
    {
        Assert.True(RecordList.TryRead(RecordList.ToBytes(_records), out var read));

        Assert.Equal(_records.Select(Text), read.Select(Text));
    }

    [Fact]
    public void TryRead_EmptyList_IsEmpty()
    {
        Assert.True(RecordList.TryRead(RecordList.ToBytes([]), out var read));

        Assert.Empty(read);
    }

    [Fact]
    public void TryRead_TruncationsAndExtraByte_AreRefused()
    {
        var bytes = RecordList.ToBytes(_records);

        for (var length = 0; length < bytes.Length; length++)
            Assert.False(RecordList.TryRead(bytes.AsSpan(0, length), out _), $"length {length}");
        Assert.False(RecordList.TryRead([.. bytes, 0], out _));
    }

    [Fact]
    public void TryRead_MutatedBytes_NeverThrows()
    {
        var bytes = RecordList.ToBytes(_records);
        var refused = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= 0xFF;
            refused += RecordList.TryRead(bytes, out _) ? 0 : 1;
            bytes[index] ^= 0xFF;
        }

        Assert.InRange(refused, 30, bytes.Length - 1);
    }

    [Fact]
    public void ToBytes_MoreThanTheLimit_TakesTheFirst()
    {
        var bytes = RecordList.ToBytes([.. Enumerable.Repeat(_records[0], RecordList.MaxCount + 1)]);

        Assert.True(RecordList.TryRead(bytes, out var read));
        Assert.Equal(RecordList.MaxCount, read.Count);
    }

    [Fact]
    public void TryRead_MoreThanTheLimit_IsRefused()
    {
        var one = RecordList.ToBytes([_records[0]])[12..];
        byte[] bytes = [.. RecordList.ToBytes([.. Enumerable.Repeat(_records[0], RecordList.MaxCount)]), .. one];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), RecordList.MaxCount + 1);

        Assert.False(RecordList.TryRead(bytes, out _));
    }

    [Fact]
    public void TryRead_OtherBrandOrMajorVersion_IsRefused()
    {
        var bytes = RecordList.ToBytes(_records);
        for (var index = 0; index < 6; index++)
        {
            bytes[index] ^= 1;
            Assert.False(RecordList.TryRead(bytes, out _), $"byte {index}");
            bytes[index] ^= 1;
        }
    }

    [Theory]
    [InlineData(0, RecordList.MaxCount), InlineData(3, 20_000)]
    public void TryRead_CountThatTheBytesCannotHold_ReservesNothing(int records, int count)
    {
        var bytes = RecordList.ToBytes(_records[..records]);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), count);
        RecordList.TryRead(bytes, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(RecordList.TryRead(bytes, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    private static string Text(HeldRecord held) => $"{held.Source} {Convert.ToHexString(held.Record.Bytes.Span)}";

    private HeldRecord Held(byte topic, int bodySize, NodeAddress source) =>
        new(_signer.Record(End, topic: topic, bodySize: bodySize).Record, source);
}

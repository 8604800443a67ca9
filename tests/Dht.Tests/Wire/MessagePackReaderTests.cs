using System.Text;

namespace NuCypher.P2P.Dht.Tests.Wire;

public sealed class MessagePackReaderTests
{
    [Theory]
    [InlineData("c0", "c0"), InlineData("c2", "c2"), InlineData("c3", "c3")]
    [InlineData("00", "00"), InlineData("cc7f", "7f"), InlineData("cd0080", "cc80"), InlineData("ce00000100", "cd0100")]
    [InlineData("cf0000000000010000", "ce00010000"), InlineData("cfffffffffffffffff", "cfffffffffffffffff")]
    [InlineData("ff", "ff"), InlineData("d0ff", "ff"), InlineData("d1ffdf", "d0df"), InlineData("d2ffffff7f", "d1ff7f")]
    [InlineData("d3ffffffff7fffffff", "d3ffffffff7fffffff"), InlineData("d3ffffffff80000000", "d280000000"), InlineData("d07f", "7f")]
    [InlineData("ca40500000", "cb400a000000000000"), InlineData("cb400a000000000000", "cb400a000000000000")]
    [InlineData("a161", "a161"), InlineData("d90161", "a161"), InlineData("da000161", "a161"), InlineData("db0000000161", "a161")]
    [InlineData("c40161", "c40161"), InlineData("c5000161", "c40161"), InlineData("c60000000161", "c40161")]
    [InlineData("d40561", "d40561"), InlineData("c7010561", "d40561"), InlineData("c800010561", "d40561"), InlineData("c9000000010561", "d40561")]
    [InlineData("c70305616263", "c70305616263"), InlineData("dc0000", "90"), InlineData("dd00000001", "91"), InlineData("de0001", "81")]
    [InlineData("df00000000", "80")]
    public void TryRead_EveryLegalForm_IsWrittenInItsShortest(string encoded, string shortest)
    {
        var reader = new MessagePackReader(Convert.FromHexString(encoded));
        var buffer = new byte[64];
        var writer = new MessagePackWriter(buffer);

        Assert.True(reader.TryRead(out var token));
        writer.Write(token);

        Assert.Equal(shortest, Convert.ToHexStringLower(buffer.AsSpan(0, writer.Length)));
    }

    [Theory, InlineData("a"), InlineData("c"), InlineData("żółw")]
    public void WriteString_EveryLengthClass_ReadsBackTheSame(string text)
    {
        foreach (var count in new[] { 0, 1, 31, 32, 255, 256, 65535, 65536 })
        {
            var utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, count)));
            var buffer = new byte[utf8.Length + 9];
            var writer = new MessagePackWriter(buffer);

            writer.WriteString(utf8);

            Assert.True(new MessagePackReader(buffer.AsSpan(0, writer.Length)).TryReadString(out var read));
            Assert.True(read.SequenceEqual(utf8));
        }
    }

    [Theory]
    [InlineData(""), InlineData("c1"), InlineData("a2ff61"), InlineData("a1ff"), InlineData("d9"), InlineData("d903"), InlineData("c5ffff00")]
    [InlineData("c6ffffffff00"), InlineData("db7fffffff"), InlineData("d4"), InlineData("c7ff05"), InlineData("cf00"), InlineData("cb00"), InlineData("dd00")]
    public void TryRead_BrokenBytes_Refuses(string encoded) =>
        Assert.False(new MessagePackReader(Convert.FromHexString(encoded)).TryRead(out _));

    [Theory]
    [InlineData("dd7fffffff"), InlineData("ddffffffffc0"), InlineData("dfffffffff00"), InlineData("92c0"), InlineData("81c0")]
    public void TrySkip_CountBeyondTheBytes_RefusesAtOnce(string encoded) =>
        Assert.False(new MessagePackReader(Convert.FromHexString(encoded)).TrySkip(out _));

    [Fact]
    public void TrySkip_Nesting_IsReadToTheLimitAndNoDeeper()
    {
        byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)0x91, depth), 0xC0];

        Assert.True(new MessagePackReader(Nested(MessagePackReader.MaxDepth - 1)).TrySkip(out _));
        Assert.False(new MessagePackReader(Nested(MessagePackReader.MaxDepth)).TrySkip(out _));
        Assert.False(new MessagePackReader(Nested(60_000)).TrySkip(out _));
    }

    [Fact]
    public void TrySkip_MixedObject_TakesExactlyThatObject()
    {
        var encoded = Convert.FromHexString("93" + "01" + "82a161c0a16293c2c3c40100" + "d90161" + "ff");
        var reader = new MessagePackReader(encoded);

        Assert.True(reader.TrySkip(out var skipped));

        Assert.Equal(encoded.Length - 1, skipped.Length);
        Assert.Equal(1, reader.Rest.Length);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void TrySkip_RandomBytes_NeverThrows(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 64)];
            random.NextBytes(bytes);
            var reader = new MessagePackReader(bytes);
            while (reader.TrySkip(out var skipped))
                Assert.False(skipped.IsEmpty);
        }
    }
}

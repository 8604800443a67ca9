using System.Text;
using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.Tests.Keystore;

public sealed class RecoveryPhraseTests
{
    [Theory, InlineData(1), InlineData(2)]
    public void TryRead_WhatWriteWrote_IsTheSameSeed(int randomSeed)
    {
        var random = new Random(randomSeed);
        var (seed, read) = (new byte[32], new byte[32]);
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(seed);

            var text = TextOf(seed);

            Assert.Equal(RecoveryPhrase.WordCount, text.TrimEnd().Split(' ').Length);
            Assert.True(Read("  " + text.ToUpperInvariant().Replace(" ", " \n", StringComparison.Ordinal), read));
            Assert.Equal(seed, read);
        }
    }

    // Computed apart, from the description alone.
    [Fact]
    public void Write_SeedOneToThirtyTwo_IsThesePublishedWords() => Assert.Equal(
        "baha daba saha boma kado miba fibo hajo buba kodo maza fabo daho boka jada para disa saga hipa gimo sala musa "
        + "lufa bafo\n",
        TextOf([.. Enumerable.Range(1, 32).Select(i => (byte)i)]));

    [Fact]
    public void TryRead_WrongWords_LeavesTheSeedAsItWas()
    {
        byte[] seed = [.. Enumerable.Repeat((byte)7, 32)];

        Assert.False(Read(TextOf(new byte[32])[5..] + "zuzo", seed));

        Assert.All(seed, part => Assert.Equal(7, part));
    }

    [Fact]
    public void TryRead_WordsWithoutSpaceBetweenThem_IsRefused()
    {
        var text = TextOf(new byte[32]);

        Assert.False(Read(text.Replace(" ", "", StringComparison.Ordinal), new byte[32]));
        Assert.False(Read(text.Remove(4, 1), new byte[32]));
        Assert.False(Read(text.TrimEnd() + "x", new byte[32]));
        Assert.True(Read(text.Replace(" ", "\t", StringComparison.Ordinal).TrimEnd() + "\r\n", new byte[32]));
    }

    [Fact]
    public void TryRead_OneLetterChanged_IsRefusedButForOneInManyHundreds()
    {
        var text = TextOf(new byte[32]);
        var taken = 0;
        var tried = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            foreach (var letter in "bdfghjklmnprstvzaiou")
            {
                var changed = text[..i] + letter + text[(i + 1)..];
                tried += changed == text ? 0 : 1;
                taken += changed != text && Read(changed, new byte[32]) ? 1 : 0;
            }
        }

        Assert.True(tried > 2000);
        Assert.True(taken < tried / 100, $"{taken} of {tried}");
    }

    [Theory, InlineData(""), InlineData("bado"), InlineData("x y z"), InlineData("ba\0o")]
    public void TryRead_NotAPhrase_IsRefused(string text)
    {
        Assert.False(Read(text, new byte[32]));
        Assert.False(Read(TextOf(new byte[32]) + " bado " + text, new byte[32]));
    }

    [Fact]
    public void TryRead_EveryTruncation_IsRefused()
    {
        var text = TextOf([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

        Assert.True(Read(text.TrimEnd(), new byte[32]));
        for (var length = 0; length < text.TrimEnd().Length; length++)
            Assert.False(Read(text[..length], new byte[32]));
    }

    private static string TextOf(byte[] seed)
    {
        var text = new byte[RecoveryPhrase.Size];
        RecoveryPhrase.Write(seed, text);
        return Encoding.ASCII.GetString(text);
    }

    private static bool Read(string text, byte[] seed) => RecoveryPhrase.TryRead(Encoding.ASCII.GetBytes(text), seed);
}

using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.Tests.Keystore;

public sealed class RecoveryPhraseTests
{
    [Theory, InlineData(1), InlineData(2)]
    public void TryRead_WhatToTextWrote_IsTheSameSeed(int randomSeed)
    {
        var random = new Random(randomSeed);
        var (seed, read) = (new byte[32], new byte[32]);
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(seed);

            var text = RecoveryPhrase.ToText(seed);

            Assert.Equal(RecoveryPhrase.WordCount, text.Split(' ').Length);
            Assert.True(RecoveryPhrase.TryRead("  " + text.ToUpperInvariant().Replace(" ", " \n", StringComparison.Ordinal), read));
            Assert.Equal(seed, read);
        }
    }

    [Fact]
    public void TryRead_OneLetterChanged_IsRefusedButForOneInManyHundreds()
    {
        var text = RecoveryPhrase.ToText(new byte[32]);
        var taken = 0;
        var tried = 0;
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var letter in "bdfghjklmnprstvzaiou")
            {
                var changed = text[..i] + letter + text[(i + 1)..];
                tried += changed == text ? 0 : 1;
                taken += changed != text && RecoveryPhrase.TryRead(changed, new byte[32]) ? 1 : 0;
            }
        }

        Assert.True(taken < tried / 100, $"{taken} of {tried}");
    }

    [Theory, InlineData(""), InlineData("bado"), InlineData("x y z"), InlineData("ba\0o")]
    public void TryRead_NotAPhrase_IsRefused(string text)
    {
        Assert.False(RecoveryPhrase.TryRead(text, new byte[32]));
        Assert.False(RecoveryPhrase.TryRead(RecoveryPhrase.ToText(new byte[32]) + " bado " + text, new byte[32]));
    }
}

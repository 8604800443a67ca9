namespace NuCypher.P2P.Policy.Tests.Support;

/// <summary>Feeds damaged bytes to a reader; a reader that throws fails the test by itself.</summary>
internal static class Hostile
{
    /// <summary>Every truncation, one byte more, and random bytes must be refused.</summary>
    public static void RefusesOtherLengths(byte[] valid, Func<byte[], bool> reads)
    {
        Assert.True(reads(valid));
        for (var length = 0; length < valid.Length; length++)
            Assert.False(reads(valid[..length]), $"truncated to {length} of {valid.Length}");
        Assert.False(reads([.. valid, 0]), "one byte more");
        var random = new Random(11);
        for (var i = 0; i < 300; i++)
        {
            var noise = new byte[random.Next(valid.Length * 2)];
            random.NextBytes(noise);
            Assert.False(reads(noise), $"noise {i}");
        }
    }

    /// <summary>
    /// Flipped bits, at most <paramref name="most"/> of them, spread over all bytes, must be refused.
    /// </summary>
    public static void RefusesFlippedBits(byte[] valid, Func<byte[], bool> accepts, int most = 600)
    {
        var step = Math.Max(1, valid.Length * 8 / most);
        for (var bit = 0; bit < valid.Length * 8; bit += step)
        {
            byte[] flipped = [.. valid];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(accepts(flipped), $"bit {bit}");
        }
    }
}

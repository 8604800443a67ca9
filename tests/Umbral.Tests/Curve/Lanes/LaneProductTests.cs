using System.Numerics;
using System.Runtime.Intrinsics;
using NuCypher.P2P.Umbral.Curve.Lanes;

namespace NuCypher.P2P.Umbral.Tests.Curve.Lanes;

/// <summary>The lanes at the edges of their bounds. On a machine without them there is nothing to test.</summary>
public sealed class LaneProductTests
{
    private const double Limb = (1L << 52) - 1;

    [Theory]
    [InlineData(1, 1, 1), InlineData(2, 11, 11), InlineData(3, 63, 2), InlineData(4, 2, 63), InlineData(5, 21, 6)]
    [InlineData(6, 84, 1.5)]
    public void Multiply_ExtremeLimbs_MatchesBigInteger(int seed, double ma, double mb)
    {
        if (!LaneBackend.IsSupported)
            return;
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var (a, b) = (AtMagnitude(random, ma, i), AtMagnitude(random, mb, i / 8));

            LaneProduct.Multiply(out var product, a, b);

            Assert.True(product.IsWithin(1.001));
            for (var lane = 0; lane < 8; lane++)
                Assert.Equal(Modulo(Value(a, lane) * Value(b, lane)), Oracle.Value(product[lane]));
        }
    }

    [Theory]
    [InlineData(7, 1), InlineData(8, 2), InlineData(9, 7.9)]
    public void Square_ExtremeLimbs_MatchesBigInteger(int seed, double magnitude)
    {
        if (!LaneBackend.IsSupported)
            return;
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var a = AtMagnitude(random, magnitude, i);

            LaneProduct.Square(out var square, a);

            Assert.True(square.IsWithin(1.001));
            for (var lane = 0; lane < 8; lane++)
                Assert.Equal(Modulo(Value(a, lane) * Value(a, lane)), Oracle.Value(square[lane]));
        }
    }

    [Theory]
    [InlineData(10, 1), InlineData(11, 63), InlineData(12, 1000)]
    public void Weaken_ExtremeLimbs_KeepsTheValue(int seed, double magnitude)
    {
        if (!LaneBackend.IsSupported)
            return;
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++)
        {
            var a = AtMagnitude(random, magnitude, i);
            var weak = a;
            weak.Weaken();

            Assert.True(weak.IsWithin(1.001));
            for (var lane = 0; lane < 8; lane++)
                Assert.Equal(Modulo(Value(a, lane)), Oracle.Value(weak[lane]));
        }
    }

    /// <summary>All limbs at the bound, all at random, with one sign or any.</summary>
    private static LaneElement AtMagnitude(Random random, double magnitude, int i)
    {
        Vector512<long> Draw() => Vector512.Create(One(), One(), One(), One(), One(), One(), One(), One());
        long One()
        {
            var size = (long)(magnitude * Limb * (i % 4 == 0 ? 1 : random.NextDouble()));
            return (i % 8) switch { 0 or 1 => size, 2 or 4 => -size, _ => random.Next(2) == 0 ? size : -size };
        }
        return new LaneElement { N0 = Draw(), N1 = Draw(), N2 = Draw(), N3 = Draw(), N4 = Draw() };
    }

    private static BigInteger Value(in LaneElement e, int lane) =>
        e.N0[lane] + ((BigInteger)e.N1[lane] << 52) + ((BigInteger)e.N2[lane] << 104)
        + ((BigInteger)e.N3[lane] << 156) + ((BigInteger)e.N4[lane] << 208);

    private static BigInteger Modulo(BigInteger value) => ((value % Oracle.P) + Oracle.P) % Oracle.P;
}

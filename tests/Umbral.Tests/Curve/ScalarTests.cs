using System.Numerics;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral.Tests.Curve;

public sealed class ScalarTests
{
    public static IEnumerable<BigInteger> Values(int seed, int count) =>
        Oracle.EdgeScalars.Concat(Enumerable.Range(0, count).Select(_ => Oracle.Random(new Random(seed++), Oracle.N)));

    [Theory, InlineData(1)]
    public void Arithmetic_EdgesAndRandom_MatchesBigInteger(int seed)
    {
        var values = Values(seed, 200).ToArray();
        foreach (var x in values)
        {
            var a = Oracle.Scalar(x);
            Assert.Equal((Oracle.N - x) % Oracle.N, Oracle.Value(Scalar.Negate(a)));
            Assert.Equal(x, Oracle.Value(Scalar.Halve(a)) * 2 % Oracle.N);
            Assert.Equal(x > Oracle.N / 2, a.IsHighMask() != 0);
            foreach (var y in values.Where((_, i) => i % 7 == 0))
            {
                var b = Oracle.Scalar(y);
                Assert.Equal((x + y) % Oracle.N, Oracle.Value(Scalar.Add(a, b)));
                Assert.Equal((x - y + Oracle.N) % Oracle.N, Oracle.Value(Scalar.Subtract(a, b)));
                Assert.Equal(x * y % Oracle.N, Oracle.Value(Scalar.Multiply(a, b)));
            }
        }
    }

    [Theory, InlineData(2)]
    public void Invert_EdgesAndRandom_TimesTheScalarIsOne(int seed)
    {
        foreach (var x in Values(seed, 50))
            Assert.Equal(x.IsZero ? 0 : 1, Oracle.Value(ScalarInverse.Invert(Oracle.Scalar(x))) * x % Oracle.N);
    }

    [Theory, InlineData(4)]
    public void InvertVarTime_EdgesAndRandom_IsTheInverse(int seed)
    {
        foreach (var x in Values(seed, 500))
        {
            Span<Scalar> scalars = [Oracle.Scalar(x)];
            ScalarInverse.InvertVarTime(scalars);
            Assert.True(ScalarInverse.Invert(Oracle.Scalar(x)).EqualTo(scalars[0]), $"seed {seed}, {x}");
        }
    }

    [Theory, InlineData(3)]
    public void Split_EdgesAndRandom_GivesShortHalves(int seed)
    {
        foreach (var x in Values(seed, 500))
        {
            Endomorphism.Split(Oracle.Scalar(x), out var k1, out var k2);

            Assert.Equal(x, (Oracle.Value(k1) + (Oracle.Value(k2) * Oracle.Lambda)) % Oracle.N);
            Assert.True(IsShort(Oracle.Value(k1)) && IsShort(Oracle.Value(k2)));
        }
    }

    [Theory, InlineData(4)]
    public void SignedDigits_EdgesAndRandom_SumToTheScalar(int seed)
    {
        var comb = new byte[SignedDigits.CombCount];
        var (first, second) = (new byte[SignedDigits.HalfCount], new byte[SignedDigits.HalfCount]);
        foreach (var x in Values(seed, 500))
        {
            SignedDigits.ReadComb(Oracle.Scalar(x), comb);
            SignedDigits.ReadHalves(Oracle.Scalar(x), first, second);

            Assert.Equal(x, Modulo(Sum(comb, 6)));
            Assert.Equal(x, Modulo(Sum(first, 5) + (Sum(second, 5) * Oracle.Lambda)));
        }
    }

    [Fact]
    public void ReadNonZero_AroundTheOrder_IsOneMoreThanTheRemainder()
    {
        BigInteger[] numbers =
            [0, 1, Oracle.N - 2, Oracle.N - 1, Oracle.N, Oracle.N + 1, (BigInteger.One << 256) - 1];
        foreach (var x in numbers)
            Assert.Equal(1 + (x % (Oracle.N - 1)), Oracle.Value(Scalar.ReadNonZero(Oracle.Bytes(x))));
    }

    [Fact]
    public void TryRead_TheOrderAndAbove_IsRefused()
    {
        Assert.True(Scalar.TryRead(Oracle.Bytes(Oracle.N - 1), out _));
        Assert.False(Scalar.TryRead(Oracle.Bytes(Oracle.N), out _));
        Assert.False(Scalar.TryRead(Oracle.Bytes((BigInteger.One << 256) - 1), out _));
    }

    private static bool IsShort(BigInteger half) => BigInteger.Min(half, Oracle.N - half) < BigInteger.One << 128;

    private static BigInteger Modulo(BigInteger value) => ((value % Oracle.N) + Oracle.N) % Oracle.N;

    private static BigInteger Sum(byte[] digits, int width) => digits.Reverse().Aggregate(
        BigInteger.Zero, (sum, digit) => (sum << width) + (2 * digit) + 1 - (1 << width));
}

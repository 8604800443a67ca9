using System.Numerics;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral.Tests.Curve;

public sealed class FieldElementTests
{
    private const ulong Limb = (1UL << 52) - 1;
    private const ulong TopLimb = (1UL << 48) - 1;

    [Theory, InlineData(1)]
    public void Multiply_AnyMagnitudes_MatchesBigInteger(int seed)
    {
        var random = new Random(seed);
        foreach (var (ma, mb) in new[] { (1u, 1u), (8u, 8u), (14u, 14u), (31u, 6u), (2u, 31u) })
        {
            for (var i = 0; i < 2000; i++)
            {
                var (a, b) = (AtMagnitude(random, ma, i), AtMagnitude(random, mb, i));

                FieldProduct.Multiply(out var product, a, b);
                FieldProduct.Square(out var square, a.IsWithin(14) ? a : b);

                Assert.True(product.IsWithin(1));
                Assert.Equal(Oracle.Value(a) * Oracle.Value(b) % Oracle.P, Oracle.Value(product));
                var root = Oracle.Value(a.IsWithin(14) ? a : b);
                Assert.Equal(root * root % Oracle.P, Oracle.Value(square));
            }
        }
    }

    [Theory, InlineData(2)]
    public void LinearOperations_AnyMagnitude_MatchBigInteger(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++)
        {
            var (a, b) = (AtMagnitude(random, 8, i), AtMagnitude(random, 8, i + 1));
            var (x, y) = (Oracle.Value(a), Oracle.Value(b));
            FieldElement.Add(out var sum, a, b);
            FieldElement.Subtract(out var difference, a, b, 8);
            FieldElement.Negate(out var negative, a, 8);
            var half = a;
            half.Halve();
            var weak = sum;
            weak.Weaken();

            Assert.Equal((x + y) % Oracle.P, Oracle.Value(sum));
            Assert.Equal((x + y) % Oracle.P, Oracle.Value(weak));
            Assert.True(weak.IsWithin(1));
            Assert.Equal((x - y + Oracle.P) % Oracle.P, Oracle.Value(difference));
            Assert.Equal((Oracle.P - x) % Oracle.P, Oracle.Value(negative));
            Assert.Equal(x, Oracle.Value(half) * 2 % Oracle.P);
        }
    }

    [Theory]
    [InlineData("0"), InlineData("1"), InlineData("p-1"), InlineData("p"), InlineData("p+1"), InlineData("2p")]
    [InlineData("2p+1")]
    public void Normalize_AroundMultiplesOfP_IsUnique(string which)
    {
        var value = which switch
        {
            "p-1" => Oracle.P - 1,
            "p" => Oracle.P,
            "p+1" => Oracle.P + 1,
            "2p" => 2 * Oracle.P,
            "2p+1" => (2 * Oracle.P) + 1,
            _ => BigInteger.Parse(which, System.Globalization.CultureInfo.InvariantCulture),
        };
        var element = Unreduced(value);

        var isZero = element.IsZeroVarTime();
        element.Normalize();

        Assert.Equal(value % Oracle.P == 0, isZero);
        Assert.Equal(Oracle.Bytes(value % Oracle.P), Written(element));
    }

    [Theory, InlineData(3)]
    public void InvertAndRoot_RandomElements_MatchTheirDefinition(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var value = Oracle.Random(random, Oracle.P);
            FieldInverse.Invert(out var inverse, Oracle.Element(value));
            var square = Oracle.Element(value * value % Oracle.P);
            FieldPower.SquareRoot(out var root, square);

            Assert.Equal(BigInteger.One, Oracle.Value(inverse) * value % Oracle.P);
            Assert.Equal(value * value % Oracle.P, Oracle.Value(root) * Oracle.Value(root) % Oracle.P);
        }
    }

    [Fact]
    public void TryRead_PAndAbove_IsRefused()
    {
        Assert.True(FieldElement.TryRead(Oracle.Bytes(Oracle.P - 1), out _));
        Assert.False(FieldElement.TryRead(Oracle.Bytes(Oracle.P), out _));
        Assert.False(FieldElement.TryRead(Oracle.Bytes((BigInteger.One << 256) - 1), out _));
    }

    private static FieldElement AtMagnitude(Random random, uint magnitude, int i)
    {
        ulong k = 2 * magnitude;
        ulong Draw(ulong limb) => (i % 4) switch
        {
            0 => limb * k,
            1 => random.Next(2) == 0 ? 0 : limb * k,
            _ => (ulong)random.NextInt64((long)(limb * k) + 1),
        };
        return new() { N0 = Draw(Limb), N1 = Draw(Limb), N2 = Draw(Limb), N3 = Draw(Limb), N4 = Draw(TopLimb) };
    }

    private static FieldElement Unreduced(BigInteger value)
    {
        ulong Take(int shift) => (ulong)((value >> shift) & Limb);
        return new() { N0 = Take(0), N1 = Take(52), N2 = Take(104), N3 = Take(156), N4 = Take(208) };
    }

    private static byte[] Written(in FieldElement element)
    {
        var bytes = new byte[32];
        element.Write(bytes);
        return bytes;
    }
}

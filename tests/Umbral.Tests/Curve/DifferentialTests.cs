using System.Numerics;
using NuCypher.P2P.Umbral.Curve;
using NuCypher.P2P.Umbral.Curve.Lanes;

namespace NuCypher.P2P.Umbral.Tests.Curve;

/// <summary>
/// Random and edge cases against BigInteger, between the backends, and against BouncyCastle: 20,000 of them, and
/// 1,000,000 with <c>NUCYPHER_NIGHTLY=1</c> in the environment, which also takes a new seed and names it.
/// </summary>
public sealed class DifferentialTests
{
    private static readonly bool Nightly = Environment.GetEnvironmentVariable("NUCYPHER_NIGHTLY") == "1";
    private static readonly int Factor = Nightly ? 50 : 1;
    private static readonly int Seed = Nightly ? Environment.TickCount : 20;

    [Fact]
    public void FieldAndScalars_AgainstBigInteger_Agree()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 16_000 * Factor; i++)
        {
            var (x, y) = (Pick(random, Oracle.P), Pick(random, Oracle.P));
            FieldProduct.Multiply(out var product, Oracle.Element(x), Oracle.Element(y));
            Expect(i, x * y % Oracle.P, Oracle.Value(product));
            var (k, l) = (x % Oracle.N, y % Oracle.N);
            Expect(i, k * l % Oracle.N, Oracle.Value(Scalar.Multiply(Oracle.Scalar(k), Oracle.Scalar(l))));
            Expect(i, k.IsZero ? 0 : 1, Oracle.Value(ScalarInverse.Invert(Oracle.Scalar(k))) * k % Oracle.N);
        }
    }

    [Fact]
    public void Lanes_AgainstBigInteger_Agree()
    {
        if (!LaneBackend.IsSupported)
            return;
        var random = new Random(Seed + 1);
        for (var i = 0; i < 3_000 * Factor; i++)
        {
            BigInteger[] x = [.. Enumerable.Range(0, 16).Select(_ => Pick(random, Oracle.P))];
            var e = x.Select(Oracle.Element).ToArray();
            LaneProduct.Multiply(
                out var product, LaneElement.Create(e.AsSpan(0, 8)), LaneElement.Create(e.AsSpan(8)));
            for (var lane = 0; lane < 8; lane++)
                Expect(i, x[lane] * x[lane + 8] % Oracle.P, Oracle.Value(product[lane]));
        }
    }

    [Fact]
    public void Backends_AgainstEachOther_GiveTheSamePoints()
    {
        var random = new Random(Seed + 2);
        CurveBackend[] backends = [.. CurveBackend.Names.Select(CurveBackend.Named)];
        for (var i = 0; i < 900 * Factor; i++)
        {
            AffinePoint[] points = [.. Enumerable.Range(0, 3).Select(_ => RandomPoint(random))];
            Scalar[] scalars = [.. points.Select(_ => Oracle.Scalar(Pick(random, Oracle.N)))];
            var all = backends.Select(backend => Everything(backend, points, scalars)).ToArray();
            Assert.All(all, one => Assert.True(one.SequenceEqual(all[0]), $"seed {Seed}, case {i}"));
        }
    }

    [Fact]
    public void Backends_AgainstBouncyCastle_GiveTheSamePoints()
    {
        var random = new Random(Seed + 3);
        for (var i = 0; i < 100 * Factor; i++)
        {
            var (point, k) = (RandomPoint(random), Pick(random, Oracle.N));
            var expected = Oracle.Hex(Oracle.Multiply(Oracle.Bouncy(point), k));
            foreach (var name in CurveBackend.Names)
            {
                CurveBackend.Named(name).Multiply(JacobianPoint.From(point), Oracle.Scalar(k), out var product);
                Assert.True(expected == Oracle.Hex(product), $"seed {Seed}, case {i}, {name}");
            }
        }
    }

    private static List<string> Everything(CurveBackend backend, AffinePoint[] points, Scalar[] k)
    {
        var results = new JacobianPoint[9];
        backend.MultiplyFixed(FixedBase.G, k.AsSpan(0, 1), results);
        backend.MultiplyFixed(FixedBase.U, k.AsSpan(1, 1), results.AsSpan(1));
        backend.Multiply(JacobianPoint.From(points[0]), k[0], out results[2]);
        backend.MultiplyPairs(points[0], points[1], k[1], k[2], results.AsSpan(3, 4));
        backend.SumPairs(points, points, k, out results[7], out results[8]);
        backend.SumVarTime(k[0], k[1], points, k, out var sum);
        return [.. results.Append(sum).Select(point => Oracle.Hex(point))];
    }

    private static AffinePoint RandomPoint(Random random)
    {
        Span<JacobianPoint> point = stackalloc JacobianPoint[1];
        CurveBackend.Named(CurveBackend.Words).MultiplyFixed(
            FixedBase.G, [Oracle.Scalar(1 + Oracle.Random(random, Oracle.N - 1))], point);
        return Affine.From(point[0]);
    }

    /// <summary>One in four is at an edge: few bits, or many ones.</summary>
    private static BigInteger Pick(Random random, BigInteger modulus) => random.Next(8) switch
    {
        0 => ((BigInteger.One << random.Next(256)) + random.Next(3) - 1) % modulus,
        1 => modulus - 1 - (Oracle.Random(random, modulus) >> random.Next(256)),
        _ => Oracle.Random(random, modulus),
    };

    private static void Expect(int i, BigInteger expected, BigInteger actual) =>
        Assert.True(expected == actual, $"seed {Seed}, case {i}");
}

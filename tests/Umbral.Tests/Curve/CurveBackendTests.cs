using System.Numerics;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral.Tests.Curve;

/// <summary>Every backend against BouncyCastle, on edge scalars and random ones.</summary>
public sealed class CurveBackendTests
{
    public static TheoryData<string> Backends => [.. CurveBackend.Names];

    [Theory, MemberData(nameof(Backends))]
    public void MultiplyFixed_EdgesAndRandom_MatchesBouncyCastle(string name)
    {
        BigInteger[] values = [.. ScalarTests.Values(1, 60)];
        Scalar[] scalars = [.. values.Select(Oracle.Scalar)];
        var results = new JacobianPoint[scalars.Length];
        foreach (var generator in new[] { FixedBase.G, FixedBase.U })
        {
            Backend(name).MultiplyFixed(generator, scalars, results);

            var point = Oracle.Bouncy(generator.Point);
            for (var i = 0; i < values.Length; i++)
                Assert.Equal(Oracle.Hex(Oracle.Multiply(point, values[i])), Oracle.Hex(results[i]));
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void MultiplyFixed_AnyNumber_GivesEach(string name)
    {
        var random = new Random(7);
        for (var count = 0; count < 20; count++)
        {
            BigInteger[] values = [.. Enumerable.Range(0, count).Select(i => Pick(random, i))];
            var results = new JacobianPoint[count];

            Backend(name).MultiplyFixed(FixedBase.G, [.. values.Select(Oracle.Scalar)], results);

            Assert.Equal(
                values.Select(value => Oracle.Hex(Oracle.Multiply(Oracle.Bouncy(AffinePoint.G), value))),
                results.Select(result => Oracle.Hex(result)));
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void Multiply_EdgesAndRandom_MatchesBouncyCastle(string name)
    {
        var random = new Random(2);
        foreach (var k in ScalarTests.Values(2, 60))
        {
            var point = Oracle.Point(Oracle.Random(random, Oracle.N));

            Backend(name).Multiply(Scaled(random, point), Oracle.Scalar(k), out var result);

            Assert.Equal(Oracle.Hex(Oracle.Multiply(Oracle.Bouncy(point), k)), Oracle.Hex(result));
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void MultiplyPairs_EdgesAndRandom_MatchesBouncyCastle(string name)
    {
        var random = new Random(3);
        var results = new JacobianPoint[4];
        foreach (var k in ScalarTests.Values(3, 60))
        {
            var l = Oracle.Random(random, Oracle.N);
            var (p, q) = (Oracle.Point(Oracle.Random(random, Oracle.N)), Oracle.Point(Oracle.Random(random, Oracle.N)));

            Backend(name).MultiplyPairs(p, q, Oracle.Scalar(k), Oracle.Scalar(l), results);

            var (bp, bq) = (Oracle.Bouncy(p), Oracle.Bouncy(q));
            var expected = new[] { (bp, k), (bq, k), (bp, l), (bq, l) };
            Assert.Equal(
                expected.Select(
                    e => Oracle.Hex(Oracle.Multiply(e.Item1, e.Item2))), results.Select(r => Oracle.Hex(r)));
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void Sums_AnyNumberOfTerms_MatchBouncyCastle(string name)
    {
        var random = new Random(4);
        foreach (var count in new[] { 1, 2, 3, 4, 5, 8, 9, 11, 16, 17, 33 })
            CheckSums(Backend(name), [.. Enumerable.Range(0, count).Select(_ => RandomPoint(random))], random);
    }

    [Theory, MemberData(nameof(Backends))]
    public void Sums_PointsThatMeetOrCancel_MatchBouncyCastle(string name)
    {
        var random = new Random(5);
        var p = RandomPoint(random);
        var mapped = p;
        FieldProduct.Multiply(out mapped.X, p.X, AffinePoint.Beta);
        mapped.X.Normalize();
        CheckSums(Backend(name), [p, p], random);
        CheckSums(Backend(name), [p, p.Negated()], random);
        CheckSums(Backend(name), [p, mapped, mapped.Negated()], random);
        CheckSums(Backend(name), [AffinePoint.G, AffinePoint.U, AffinePoint.G], random);
    }

    [Theory, MemberData(nameof(Backends))]
    public void SumEach_AnyNumber_MatchesBouncyCastle(string name)
    {
        var random = new Random(8);
        for (var count = 1; count < 9; count++)
        {
            var point = RandomPoint(random);
            BigInteger[] g = [.. Enumerable.Range(0, count).Select(i => Pick(random, (i + count) % 7))];
            BigInteger[] k = [.. Enumerable.Range(0, count).Select(i => Pick(random, i))];
            var sums = new JacobianPoint[count];

            Backend(name).SumEachVarTime(point, [.. g.Select(Oracle.Scalar)], [.. k.Select(Oracle.Scalar)], sums);

            Assert.Equal(
                g.Select((_, i) => Expected([AffinePoint.G, point], [g[i], k[i]])),
                sums.Select(sum => Oracle.Hex(sum)));
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void Prepare_EdgesAndRandom_MatchesBouncyCastle(string name)
    {
        var random = new Random(9);
        var point = RandomPoint(random);
        foreach (var p in new[] { point, AffinePoint.G, AffinePoint.G.Negated() })
        {
            var prepared = Backend(name).Prepare(p);
            foreach (var k in ScalarTests.Values(9, 30))
            {
                var g = Pick(random, (int)(k % 7));
                prepared.SumVarTime(Oracle.Scalar(g), Oracle.Scalar(k), out var sum);
                Assert.Equal(Expected([AffinePoint.G, p], [g, k]), Oracle.Hex(sum));
            }
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void SquareRoots_AnyNumber_AreRoots(string name)
    {
        var random = new Random(6);
        for (var count = 1; count < 18; count++)
        {
            BigInteger[] squares = [.. Enumerable.Range(0, count).Select(
                _ => BigInteger.ModPow(Oracle.Random(random, Oracle.P), 2, Oracle.P))];
            var roots = new FieldElement[count];

            Backend(name).SquareRoots([.. squares.Select(Oracle.Element)], roots);

            Assert.Equal(squares, roots.Select(root => BigInteger.ModPow(Oracle.Value(root), 2, Oracle.P)));
        }
    }

    private static void CheckSums(CurveBackend backend, AffinePoint[] points, Random random)
    {
        for (var round = 0; round < 12; round++)
        {
            BigInteger[] values = [.. points.Select(_ => Pick(random, round))];
            var (g, u) = (Pick(random, round), Pick(random, round + 1));
            AffinePoint[] others = [.. points.Reverse()];
            Scalar[] scalars = [.. values.Select(Oracle.Scalar)];

            backend.SumPairs(points, others, scalars, out var sumP, out var sumQ);
            backend.SumVarTime(Oracle.Scalar(g), Oracle.Scalar(u), points, scalars, out var all);

            Assert.Equal(Expected(points, values), Oracle.Hex(sumP));
            Assert.Equal(Expected(others, values), Oracle.Hex(sumQ));
            Assert.Equal(Expected([.. points, AffinePoint.G, AffinePoint.U], [.. values, g, u]), Oracle.Hex(all));
        }
    }

    private static string Expected(AffinePoint[] points, BigInteger[] values)
    {
        var sum = Oracle.Bouncy(points[0]).Curve.Infinity;
        for (var i = 0; i < points.Length; i++)
            sum = sum.Add(Oracle.Multiply(Oracle.Bouncy(points[i]), values[i]));
        return Oracle.Hex(sum);
    }

    private static BigInteger Pick(Random random, int round) => round switch
    {
        0 => 1,
        1 => 0,
        2 => Oracle.N - 1,
        3 => Oracle.Lambda,
        4 => random.Next(64),
        _ => Oracle.Random(random, Oracle.N),
    };

    private static AffinePoint RandomPoint(Random random) => Oracle.Point(Oracle.Random(random, Oracle.N));

    /// <summary>The same point with a random Z.</summary>
    private static JacobianPoint Scaled(Random random, in AffinePoint point)
    {
        var z = Oracle.Element(Oracle.Random(random, Oracle.P));
        FieldProduct.Square(out var zz, z);
        FieldProduct.Multiply(out var zzz, zz, z);
        var r = new JacobianPoint { Z = z };
        FieldProduct.Multiply(out r.X, point.X, zz);
        FieldProduct.Multiply(out r.Y, point.Y, zzz);
        return r;
    }

    private static CurveBackend Backend(string name) => CurveBackend.Named(name);
}

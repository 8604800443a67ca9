using BenchmarkDotNet.Attributes;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Benchmarks.Umbral;

/// <summary>What the multiplications of points take, on each backend.</summary>
[MemoryDiagnoser]
public class CurveBenchmarks
{
    private static readonly Scalar K = Scalar.FromHex(
        "1bb2f1fca7c3fe775448e4994fe2d40b3c4a5cc43c9f24a6f2bfd8fa70cbc12e");
    private static readonly Scalar L = Scalar.FromHex(
        "abb2f1fca7c3fe775448e4994fe2d40b3c4a5cc43c9f24a6f2bfd8fa70cbc1aa");

    private readonly JacobianPoint[] _results = new JacobianPoint[4];
    private readonly AffinePoint[] _points = [.. Enumerable.Repeat(AffinePoint.U, 8)];
    private readonly Scalar[] _scalars = [.. Enumerable.Range(1, 8).Select(
        i => Scalar.Multiply(K, Scalar.FromUInt64((ulong)i)))];
    private CurveBackend _backend = CurveBackend.Current;

    [ParamsSource(nameof(Backends))]
    public string Backend { get; set; } = CurveBackend.Words;

    public static IEnumerable<string> Backends => CurveBackend.Names;

    [GlobalSetup]
    public void Choose() => _backend = CurveBackend.Named(Backend);

    [Benchmark]
    public void MultiplyGenerator() => _backend.MultiplyFixed(FixedBase.G, [K], _results.AsSpan(0, 1));

    [Benchmark]
    public void MultiplyPoint() => _backend.Multiply(JacobianPoint.From(AffinePoint.U), K, out _results[0]);

    [Benchmark]
    public void MultiplyPairs() => _backend.MultiplyPairs(AffinePoint.G, AffinePoint.U, K, L, _results);

    [Benchmark]
    public void SumPairsOf3() =>
        _backend.SumPairs(
            _points.AsSpan(0, 3), _points.AsSpan(3, 3), _scalars.AsSpan(0, 3), out _results[0], out _results[1]);

    [Benchmark]
    public void SumVarTimeOf1() =>
        _backend.SumVarTime(K, default, _points.AsSpan(0, 1), _scalars.AsSpan(0, 1), out _results[0]);

    [Benchmark]
    public void SumVarTimeOf8() => _backend.SumVarTime(default, L, _points, _scalars, out _results[0]);
}

using BenchmarkDotNet.Attributes;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Benchmarks.Umbral;

/// <summary>A thousand capsule fragments of one grant, on one core and on two.</summary>
[MemoryDiagnoser]
public class ParallelBatchBenchmarks
{
    private const int Fragments = 1000;

    private readonly UmbralOperations _operations = new();
    private readonly (Capsule, CapsuleFrag)[] _items;

    public ParallelBatchBenchmarks() => _items = _operations.CapsuleFrags(Fragments);

    /// <summary>How many combinations are checked at once.</summary>
    [Params(1, 2)]
    public int Cores { get; set; }

    [Benchmark(OperationsPerInvoke = Fragments)]
    public void VerifyCapsuleFragOf1000() => _operations.VerifyOnCores(_items, Cores);
}

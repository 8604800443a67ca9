using BenchmarkDotNet.Attributes;

namespace NuCypher.P2P.Benchmarks.Umbral;

/// <summary>What each operation of the scheme takes and allocates, on this machine's backend.</summary>
[MemoryDiagnoser]
public class UmbralBenchmarks
{
    private readonly UmbralOperations _operations = new();

    [Benchmark]
    public void Encrypt() => _operations.Encrypt();

    [Benchmark]
    public void DecryptOriginal() => _operations.DecryptOriginal();

    [Benchmark]
    public void GenerateKeyFrags3Of5() => _operations.GenerateKeyFrags();

    [Benchmark]
    public void VerifyKeyFrag() => _operations.VerifyKeyFrag();

    [Benchmark]
    public void VerifyKeyFragOfOneSignature() => _operations.VerifyKeyFragOfOneSignature();

    [Benchmark]
    public void Reencrypt() => _operations.Reencrypt();

    [Benchmark]
    public void VerifyCapsuleFrag() => _operations.VerifyCapsuleFrag();

    [Benchmark(OperationsPerInvoke = UmbralOperations.BatchSize)]
    public void VerifyCapsuleFragOf20() => _operations.VerifyCapsuleFrags();

    [Benchmark]
    public void DecryptReencryptedOf3() => _operations.DecryptReencrypted();

    [Benchmark]
    public void Sign() => _operations.Sign();

    [Benchmark]
    public void VerifySignature() => _operations.VerifySignature();

    [Benchmark]
    public void VerifySignatureWithPreparedKey() => _operations.VerifyPrepared();
}

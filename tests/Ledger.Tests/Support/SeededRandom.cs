using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Tests.Support;

/// <summary>Repeatable bytes for tests.</summary>
internal sealed class SeededRandom(int seed) : RandomSource
{
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}

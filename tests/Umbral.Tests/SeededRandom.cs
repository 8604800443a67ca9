namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Random bytes that a seed replays; for tests only.</summary>
internal sealed class SeededRandom(int seed) : RandomSource
{
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}

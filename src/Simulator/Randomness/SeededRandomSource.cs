using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Simulator;

/// <summary>Keys and nonces that a seed repeats. Anyone who knows the seed knows every secret of the run.</summary>
/// <remarks>
/// It lives here, and not beside the production source, so that nothing but a simulation can be built with it.
/// </remarks>
public sealed class SeededRandomSource(Seed seed) : RandomSource
{
    private readonly Random _random = seed.NewRandom();

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination) => _random.NextBytes(destination);
}

using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Tests.Sessions;

/// <summary>The operating system's randomness, which fails while a test says so.</summary>
internal sealed class BrokenRandom : RandomSource
{
    private static readonly OperatingSystemRandom Sound = new();

    public bool IsBroken { get; set; }

    public override void Fill(Span<byte> destination)
    {
        if (IsBroken)
            throw new InvalidOperationException("no entropy");
        Sound.Fill(destination);
    }
}

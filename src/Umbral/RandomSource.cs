namespace NuCypher.P2P.Umbral;

/// <summary>Where the core's randomness comes from: it draws none of its own.</summary>
/// <remarks>
/// In production this is the operating system's generator. Every secret of the scheme depends on it: a source that
/// repeats itself gives away keys. Operations say in their remarks what they draw, in order.
/// </remarks>
public abstract class RandomSource
{
    /// <summary>Fills the whole of <paramref name="destination"/> with fresh random bytes.</summary>
    public abstract void Fill(Span<byte> destination);
}

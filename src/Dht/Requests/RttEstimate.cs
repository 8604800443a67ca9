namespace NuCypher.P2P.Dht;

/// <summary>A smoothed round-trip time and how much it varies.</summary>
/// <remarks>
/// In ticks of 32 bits, seven minutes at most, which no time-out comes near: a node keeps one for each peer that it
/// measures. Source: RFC 6298, section 2, with its constants.
/// </remarks>
internal readonly record struct RttEstimate
{
    private readonly uint _smoothed;
    private readonly uint _variation;

    private RttEstimate(TimeSpan smoothed, TimeSpan variation) =>
        (_smoothed, _variation) = (Ticks(smoothed), Ticks(variation));

    public static RttEstimate First(TimeSpan sample) => new(sample, sample / 2);

    /// <summary>When to give up waiting for an answer that was to come after this time.</summary>
    public TimeSpan Timeout => Smoothed + (4 * Variation);

    private TimeSpan Smoothed => new(_smoothed);

    private TimeSpan Variation => new(_variation);

    public RttEstimate With(TimeSpan sample) =>
        new((Smoothed * 0.875) + (sample * 0.125), (Variation * 0.75) + ((Smoothed - sample).Duration() * 0.25));

    private static uint Ticks(TimeSpan time) => (uint)Math.Min(time.Ticks, uint.MaxValue);
}

namespace NuCypher.P2P.Dht;

/// <summary>A smoothed round-trip time and how much it varies.</summary>
/// <remarks>Source: RFC 6298, section 2, with its constants.</remarks>
internal readonly record struct RttEstimate(TimeSpan Smoothed, TimeSpan Variation)
{
    public static RttEstimate First(TimeSpan sample) => new(sample, sample / 2);

    /// <summary>When to give up waiting for an answer that was to come after this time.</summary>
    public TimeSpan Timeout => Smoothed + (4 * Variation);

    public RttEstimate With(TimeSpan sample) =>
        new((Smoothed * 0.875) + (sample * 0.125), (Variation * 0.75) + ((Smoothed - sample).Duration() * 0.25));
}

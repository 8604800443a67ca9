namespace NuCypher.P2P.Simulator;

/// <summary>
/// How long a packet is on its way, from tables of whole numbers: libm would differ between machines.
/// </summary>
public static class Latency
{
    /// <summary>How many parts of the world hosts are spread over.</summary>
    public const int Regions = 6;

    /// <summary>
    /// One way, in milliseconds: west and east of North America, South America, Europe, South and East Asia.
    /// </summary>
    private static readonly byte[,] Milliseconds =
    {
        { 5, 32, 88, 70, 110, 55 },
        { 32, 5, 60, 40, 100, 85 },
        { 88, 60, 7, 95, 150, 140 },
        { 70, 40, 95, 6, 65, 115 },
        { 110, 100, 150, 65, 8, 45 },
        { 55, 85, 140, 115, 45, 6 },
    };

    /// <summary>
    /// Sixteen quantiles of an exponential distribution with the mean of a sixth, in per cent of the distance.
    /// </summary>
    private static readonly byte[] JitterPercent = [0, 1, 2, 4, 5, 7, 8, 10, 12, 14, 17, 20, 24, 30, 39, 58];

    /// <summary>The time that light, cables and routers need.</summary>
    public static TimeSpan Between(int from, int to) =>
        TimeSpan.FromMilliseconds(Milliseconds[from % Regions, to % Regions]);

    /// <summary>What a packet takes longer than that.</summary>
    public static TimeSpan Jitter(TimeSpan distance, Random random) =>
        new((distance.Ticks * JitterPercent[random.Next(JitterPercent.Length)] / 100) + random.Next(2_000));
}

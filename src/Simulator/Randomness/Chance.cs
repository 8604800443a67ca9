namespace NuCypher.P2P.Simulator;

/// <summary>How often something happens, in whole millionths, so that no rounding differs between machines.</summary>
/// <param name="PerMillion">0 never, 1,000,000 always.</param>
public readonly record struct Chance(int PerMillion)
{
    private const int Million = 1_000_000;

    /// <summary>It never happens.</summary>
    public static readonly Chance Never;

    /// <summary>It always happens.</summary>
    public static readonly Chance Always = new(Million);

    /// <summary>The nearest whole number of millionths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 1.</exception>
    public static Chance Of(double share)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A chance is a number from 0 to 1.");
        return new Chance((int)Math.Round(share * Million));
    }

    /// <summary>
    /// Whether so many misses are within what remains for misses, where something must succeed with this chance;
    /// rounded up, as one miss among few is no evidence.
    /// </summary>
    public bool Allows(long misses, long successes)
    {
        var remainder = (Int128)(misses + successes) * (Million - PerMillion);
        return misses <= (remainder + Million - 1) / Million;
    }

    /// <summary>Draws; takes nothing from the generator if the outcome is certain.</summary>
    public bool Draw(Random random) => PerMillion > 0 && (PerMillion >= Million || random.Next(Million) < PerMillion);
}

namespace NuCypher.P2P.Dht;

/// <summary>
/// Whether what others keep is still current by this node's clock: holders forget what is over by theirs.
/// </summary>
/// <param name="Current">Lookups that found a current record.</param>
/// <param name="Over">Lookups that found only records whose life was over.</param>
/// <param name="LeastOver">For how long one of these was over at least; zero if there was none.</param>
public sealed record RecordAges(long Current, long Over, TimeSpan LeastOver)
{
    /// <summary>Before any lookup.</summary>
    public static RecordAges None { get; } = new(0, 0, TimeSpan.Zero);

    /// <summary>Whether this node's clock is ahead of the others': most of what they keep is over by it.</summary>
    public bool ClockIsAhead => Over > Current;

    /// <summary>With the end of one more lookup, which found nothing current.</summary>
    internal RecordAges WithOver(TimeSpan time) =>
        this with { Over = Over + 1, LeastOver = Over == 0 || time < LeastOver ? time : LeastOver };
}

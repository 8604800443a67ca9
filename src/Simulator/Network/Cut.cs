namespace NuCypher.P2P.Simulator;

/// <summary>A break in the network: what goes from one group of hosts to another does not arrive.</summary>
/// <remarks>
/// Groups are tested by host index. While a cut is in <see cref="SimulatedNetwork.Cuts"/>, it holds; taken out, it is
/// healed.
/// </remarks>
public sealed class Cut
{
    private readonly Func<int, int, bool> _stops;

    private Cut(Func<int, int, bool> stops) => _stops = stops;

    /// <summary>Two groups that hear nothing of each other.</summary>
    public static Cut Between(IReadOnlySet<int> one, IReadOnlySet<int> other) =>
        new((from, to) => (one.Contains(from) && other.Contains(to)) || (other.Contains(from) && one.Contains(to)));

    /// <summary>A group that the others still hear, but which hears nothing of them.</summary>
    public static Cut Deaf(IReadOnlySet<int> group) => new((from, to) => !group.Contains(from) && group.Contains(to));

    /// <summary>A group of which the others hear nothing, but which hears them.</summary>
    public static Cut Mute(IReadOnlySet<int> group) => new((from, to) => group.Contains(from) && !group.Contains(to));

    /// <summary>A share of all pairs, both ways; third hosts still reach both.</summary>
    public static Cut Partial(Chance share, Seed seed) => new((from, to) =>
        share.PerMillion > (int)(seed.Derive(Math.Min(from, to)).Derive(Math.Max(from, to)).Value % 1_000_000));

    /// <summary>Whether it stops what <paramref name="from"/> sends to <paramref name="to"/>.</summary>
    public bool Stops(int from, int to) => _stops(from, to);
}

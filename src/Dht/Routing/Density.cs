namespace NuCypher.P2P.Dht;

/// <summary>How many nodes may stand within a distance of one point, in a network of so many.</summary>
/// <remarks>
/// Ids next to a key are cheap to make. Of n ids, spread evenly, n times its share of the space lie within a distance,
/// by chance a few more: those beyond twice as many and the slack are a crowd.
/// </remarks>
/// <param name="nodes">How many nodes there seem to be; null if that is not known: then all is allowed.</param>
internal sealed class Density(double? nodes)
{
    /// <summary>Nodes that may stand anywhere, by chance.</summary>
    public const double Slack = 4;

    private const double Factor = 2;
    private const double SparseAt = 1.5;
    private const double HolderReach = 1.5; // an estimate is off by a quarter

    /// <summary>How many nodes there seem to be, from how far the k nearest to a point are; null for fewer.</summary>
    /// <param name="nearest">Nearest first.</param>
    /// <param name="point">What they are near to.</param>
    /// <param name="k">How many it must be.</param>
    public static double? Estimate(IReadOnlyList<Contact> nearest, NodeId point, int k) => nearest.Count < k
        ? null
        : (nearest.Count - 1) / Math.Max(nearest[^1].Id.DistanceTo(point).Share, double.Epsilon);

    /// <summary>Whether one more may stand at a distance.</summary>
    /// <param name="nearer">How many are nearer.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="slack">How many may be anywhere.</param>
    public bool Allows(int nearer, Distance distance, double slack = Slack) =>
        nearer < slack || nodes is not { } known || nearer < slack + (Factor * known * distance.Share);

    /// <summary>Whether a node at a distance may be one of the k that hold a value: few enough may be nearer.</summary>
    public bool MayHold(Distance distance, int k) =>
        nodes is not { } known || known * distance.Share <= HolderReach * k;

    /// <summary>Whether so many nodes lie within a distance that there must be more, whom nobody named.</summary>
    public bool IsSparse(int count, Distance distance) =>
        nodes is { } known && known * distance.Share > SparseAt * count;

    /// <summary>The first of some contacts without those of a crowd.</summary>
    /// <param name="contacts">Nearest first.</param>
    /// <param name="target">What they are near to.</param>
    /// <param name="count">At most how many.</param>
    public List<Contact> Thin(List<Contact> contacts, NodeId target, int count)
    {
        var thinned = new List<Contact>(Math.Min(count, contacts.Count));
        foreach (var contact in contacts)
        {
            if (thinned.Count < count && Allows(thinned.Count, contact.Id.DistanceTo(target)))
                thinned.Add(contact);
        }
        return thinned;
    }
}

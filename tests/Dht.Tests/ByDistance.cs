namespace NuCypher.P2P.Dht;

/// <summary>Orders contacts by their distance to a target, the nearest first.</summary>
internal sealed class ByDistance(NodeId target) : IComparer<Contact>
{
    public int Compare(Contact x, Contact y) => x.Id.DistanceTo(target).CompareTo(y.Id.DistanceTo(target));
}

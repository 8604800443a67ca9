using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>An Ursula that holds a share of a policy, or may hold it.</summary>
/// <param name="Ursula">Her node id.</param>
/// <param name="Share">Which kfrag, from 0. Two holders of one share count as one share.</param>
/// <param name="IsConfirmed">False if the kfrag was sent to her, or was about to be, but she never confirmed
/// it.</param>
public sealed record KeyFragHolder(NodeId Ursula, int Share, bool IsConfirmed)
{
    /// <summary>How many shares nobody holds who is not among the gone; a share that was never sent is gone.</summary>
    internal static int SharesGone(
        IReadOnlyList<KeyFragHolder> holders, int shares, IReadOnlyCollection<NodeId> gone) =>
        shares - holders.Where(
            holder => !gone.Contains(holder.Ursula)).Select(holder => holder.Share).Distinct().Count();

    internal static KeyFragHolder[] ReadAll(ref FieldReader reader)
    {
        var holders = new KeyFragHolder[reader.Byte()];
        for (var i = 0; i < holders.Length; i++)
            holders[i] = new(reader.NodeId(), reader.Byte(), reader.Byte() != 0);
        return holders;
    }

    internal static void WriteAll(IReadOnlyList<KeyFragHolder> holders, FieldWriter writer)
    {
        writer.Count(holders.Count);
        foreach (var holder in holders)
            writer.NodeId(holder.Ursula).Count(holder.Share).Byte(holder.IsConfirmed ? (byte)1 : (byte)0);
    }
}

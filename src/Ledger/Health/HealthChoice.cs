using System.Numerics;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Health;

/// <summary>Who checks, and who is checked: ⌈√N⌉ of N nodes each.</summary>
public static class HealthChoice
{
    /// <summary>⌈√n⌉, exactly.</summary>
    public static int CeilingRoot(int n)
    {
        var root = 0;
        for (var bit = 1 << 15; bit > 0; bit >>= 1)
        {
            if ((long)(root + bit) * (root + bit) < n)
                root += bit;
        }

        return n > 0 ? root + 1 : 0;
    }

    /// <summary>How many bits differ; the longer one's other bytes don't count.</summary>
    public static int HammingDistance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var distance = 0;
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
            distance += BitOperations.PopCount((uint)(left[i] ^ right[i]));
        return distance;
    }

    /// <summary>
    /// The places of the ids nearest to a block hash by Hamming distance; ties by a hash over id and block, which
    /// favours nobody.
    /// </summary>
    /// <param name="ids">Everybody.</param>
    /// <param name="block">The block's hash.</param>
    /// <param name="count">How many are wanted.</param>
    public static IReadOnlyList<int> Validators(IReadOnlyList<byte[]> ids, byte[] block, int count) =>
    [
        .. Enumerable.Range(0, ids.Count)
            .Select(i => (
                Index: i,
                Distance: HammingDistance(ids[i], block),
                Tie: DomainHash.Compute(LedgerTags.Validator, ids[i], block).ToString()))
            .OrderBy(node => node.Distance).ThenBy(node => node.Tie, StringComparer.Ordinal)
            .Take(count).Select(node => node.Index),
    ];

    /// <summary>
    /// Who is checked, of those whose turn has not come in this cycle: drawn by the beacon, so that nobody knows it
    /// before.
    /// </summary>
    public static IReadOnlyList<NodeId> Targets(IEnumerable<NodeId> left, Digest beacon, int count) =>
    [
        .. left.Select(
            id => (Id: id, Rank: DomainHash.Compute(LedgerTags.Target, beacon.ToBytes(), id.ToBytes()).ToString()))
            .OrderBy(node => node.Rank, StringComparer.Ordinal).Take(count).Select(node => node.Id),
    ];
}

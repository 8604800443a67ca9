using System.Buffers.Binary;
using System.Security.Cryptography;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Selection;

/// <summary>
/// Who can be chosen in a period, and how much each has locked: a line on which each staker covers a piece as long as
/// its stake.
/// </summary>
/// <remarks>
/// Equations (25) to (29) of the paper: x_i is the sum of the stakes before i, and r is i's if x_i ≤ r &lt; x_i+1.
/// </remarks>
public sealed class StakeTable
{
    private readonly (NodeId Id, UInt128 Stake)[] _stakers;
    private readonly UInt128[] _starts;
    private Digest? _hash;

    /// <summary>Lays the stakers on the line in the order in which they come.</summary>
    /// <exception cref="ArgumentException">Somebody has no stake.</exception>
    public StakeTable(IEnumerable<(NodeId Id, UInt128 Stake)> stakers)
    {
        _stakers = [.. stakers];
        _starts = new UInt128[_stakers.Length];
        for (var i = 0; i < _stakers.Length; i++)
        {
            if (_stakers[i].Stake == 0)
                throw new ArgumentException("A staker without stake.", nameof(stakers));
            _starts[i] = Total;
            Total += _stakers[i].Stake;
        }
    }

    /// <summary>Nobody.</summary>
    public static StakeTable Empty { get; } = new([]);

    /// <summary>D: the sum of all stakes.</summary>
    public UInt128 Total { get; }

    /// <summary>How many can be chosen.</summary>
    public int Count => _stakers.Length;

    /// <summary>Everybody, in the order of the line.</summary>
    public IReadOnlyList<(NodeId Id, UInt128 Stake)> Stakers => _stakers;

    /// <summary>SHA-256 over all of it.</summary>
    public Digest Hash => _hash ??= ComputeHash();

    /// <summary>Where a staker's piece begins.</summary>
    public UInt128 StartOf(int index) => _starts[index];

    /// <summary>Whose piece a point lies in; a binary search.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The point is not below <see cref="Total"/>.</exception>
    public int IndexAt(UInt128 point)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Total);
        var found = Array.BinarySearch(_starts, point);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Draws different stakers, each draw in proportion to stake; who comes again is drawn again.</summary>
    /// <param name="count">How many; at most <see cref="Count"/>.</param>
    /// <param name="random">Draws 16 bytes at a time.</param>
    /// <returns>In the order in which they were drawn; null if there are not as many.</returns>
    public IReadOnlyList<NodeId>? Draw(int count, RandomSource random)
    {
        if (count > Count)
            return null;
        var (chosen, order) = (new HashSet<int>(), new List<NodeId>());
        var left = Total;
        while (order.Count < count)
        {
            // Once most of the line is taken, drawing again could go on for long: the line without them is the same.
            var index = left > Total / 2 ? IndexAt(Below(Total, random)) : IndexLeft(Below(left, random), chosen);
            if (!chosen.Add(index))
                continue;
            order.Add(_stakers[index].Id);
            left -= _stakers[index].Stake;
        }

        return order;
    }

    /// <summary>
    /// The draw that anybody can repeat who knows the seed; with it Alice shows that she didn't choose.
    /// </summary>
    /// <param name="count">How many; at most <see cref="Count"/>.</param>
    /// <param name="seed">Committed to before the table was known.</param>
    public IReadOnlyList<NodeId>? Draw(int count, Digest seed) => Draw(count, new SeededDraw(seed));

    /// <summary>
    /// A number from 0 to just below a bound, each equally likely; draws again what lies above the last whole multiple.
    /// </summary>
    internal static UInt128 Below(UInt128 bound, RandomSource random)
    {
        var excess = ((UInt128.MaxValue % bound) + 1) % bound;
        Span<byte> bytes = stackalloc byte[16];
        UInt128 drawn;
        do
        {
            random.Fill(bytes);
            drawn = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }
        while (drawn > UInt128.MaxValue - excess);
        return drawn % bound;
    }

    private int IndexLeft(UInt128 point, HashSet<int> chosen)
    {
        for (var i = 0; i < _stakers.Length; i++)
        {
            if (chosen.Contains(i))
                continue;
            if (point < _stakers[i].Stake)
                return i;
            point -= _stakers[i].Stake;
        }

        throw new InvalidOperationException("The point lies beyond the line.");
    }

    private Digest ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[NodeId.Size + 16];
        foreach (var (id, stake) in _stakers)
        {
            id.Write(bytes);
            BinaryPrimitives.WriteUInt128BigEndian(bytes[NodeId.Size..], stake);
            hash.AppendData(bytes);
        }

        return DomainHash.Compute(LedgerTags.Stakes, hash.GetHashAndReset());
    }
}

using System.Globalization;
using System.Numerics;

namespace NuCypher.P2P.Dht;

/// <summary>How far two ids are apart: their XOR as a 160-bit unsigned number.</summary>
/// <remarks>Source: Kademlia (2002), section 2.1.</remarks>
public readonly record struct Distance : IComparable<Distance>
{
    private const double OneOfAll = 1 / 18_446_744_073_709_551_616.0; // 2 to the power of -64

    private readonly ulong _high;
    private readonly ulong _middle;
    private readonly uint _low;

    internal Distance(ulong high, ulong middle, uint low) => (_high, _middle, _low) = (high, middle, low);

    /// <summary>The number of leading zero bits: 0 to 160, and 160 only between equal ids.</summary>
    public int LeadingZeros =>
        _high != 0 ? BitOperations.LeadingZeroCount(_high)
        : _middle != 0 ? 64 + BitOperations.LeadingZeroCount(_middle)
        : 128 + BitOperations.LeadingZeroCount(_low);

    /// <summary>Whether a bit is set; bit 0 is the highest.</summary>
    /// <param name="bit">0 to 159.</param>
    public bool Bit(int bit) => bit switch
    {
        < 64 => ((_high >> (63 - bit)) & 1) != 0,
        < 128 => ((_middle >> (127 - bit)) & 1) != 0,
        _ => ((_low >> (159 - bit)) & 1) != 0,
    };

    /// <summary>The share of all ids that are nearer: 0 to 1.</summary>
    internal double Share => _high * OneOfAll;

    /// <inheritdoc />
    public int CompareTo(Distance other)
    {
        var order = _high.CompareTo(other._high);
        if (order == 0)
            order = _middle.CompareTo(other._middle);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    /// <summary>The 40 hexadecimal digits.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_high:x16}{_middle:x16}{_low:x8}");
}

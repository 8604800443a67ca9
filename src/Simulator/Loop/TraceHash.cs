using System.Globalization;
using System.Numerics;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A running hash over what happened: equal for equal histories, over processes and machines. Not cryptographic.
/// </summary>
public sealed class TraceHash
{
    private const ulong FirstPrime = 0x9E3779B97F4A7C15;
    private const ulong SecondPrime = 0xD1B54A32D192ED03;

    private readonly Dictionary<Type, long> _types = [];
    private ulong _first = FirstPrime;
    private ulong _second = SecondPrime;

    /// <summary>How many items were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a number.</summary>
    public void Add(long value)
    {
        Count++;
        unchecked
        {
            _first = BitOperations.RotateLeft((_first ^ (ulong)value) * FirstPrime, 29);
            _second = (BitOperations.RotateLeft(_second, 31) + (ulong)value) * SecondPrime;
        }
    }

    /// <summary>Adds bytes, with their length.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        foreach (var value in bytes)
            Add((long)value);
    }

    /// <summary>Adds text, with its length.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        Add(text.Length);
        foreach (var character in text)
            Add((long)character);
    }

    /// <summary>The hash so far: 32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_first:x16}{_second:x16}");

    /// <summary>Adds the name of a type; hashed once per type.</summary>
    internal void Add(Type type)
    {
        if (!_types.TryGetValue(type, out var hash))
        {
            var name = new TraceHash();
            name.Add(type.ToString());
            _types[type] = hash = unchecked((long)name._first);
        }

        Add(hash);
    }
}

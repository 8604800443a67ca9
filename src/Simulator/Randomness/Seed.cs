namespace NuCypher.P2P.Simulator;

/// <summary>
/// The root of everything random in a run: each part draws from a stream of its own, named by its purpose.
/// </summary>
/// <param name="Value">Any number.</param>
/// <remarks>A part that draws more, or is added, does not move the others' streams.</remarks>
public readonly record struct Seed(ulong Value)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>The stream of a named part.</summary>
    public Seed Derive(string purpose)
    {
        var value = Value;
        foreach (var character in purpose)
            value = Mix(value, character);
        return new Seed(Mix(value, (ulong)purpose.Length));
    }

    /// <summary>The stream of one of several like parts.</summary>
    public Seed Derive(int index) => new(Mix(Value, unchecked((ulong)index)));

    /// <summary>A generator that starts at this point.</summary>
    public Random NewRandom() => new(unchecked((int)(Value ^ (Value >> 32))));

    /// <summary>A source of keys and nonces that starts at this point.</summary>
    public SeededRandomSource NewRandomSource() => new(this);

    /// <summary>A number that looks random for every pair of this seed and <paramref name="value"/>.</summary>
    /// <remarks>Source: the finalizer of SplitMix64 (Steele, Lea, Flood, 2014).</remarks>
    private static ulong Mix(ulong state, ulong value)
    {
        unchecked
        {
            var mixed = (state ^ value) + Increment;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}

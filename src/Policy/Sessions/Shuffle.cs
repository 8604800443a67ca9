using System.Buffers.Binary;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>Puts things in random order.</summary>
internal static class Shuffle
{
    /// <summary>Fisher and Yates; the remainder's bias is below 2^-56 for fewer than 256 items.</summary>
    public static T[] Of<T>(IEnumerable<T> items, RandomSource random)
    {
        T[] shuffled = [.. items];
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1, random);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    private static int Below(int bound, RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[8];
        random.Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)bound);
    }
}

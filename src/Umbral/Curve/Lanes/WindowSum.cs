using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>
/// Sums of many public multiples: the lanes are windows, so that one run of doublings serves all terms.
/// Not constant-time.
/// </summary>
/// <remarks>
/// Both halves of every scalar have 26 windows. First every window's sum over all terms is built, eight windows at a
/// time, then the sums of the windows are put together, those of the first halves beside those of the second. A term
/// whose halves are short, such as a weight, leaves groups of windows out.
/// </remarks>
internal static class WindowSum
{
    private const int Windows = SignedDigits.HalfCount;
    private const int Lanes = 8;
    private const int Groups = ((2 * Windows) + Lanes - 1) / Lanes;

    /// <summary>Σ kᵢ·Pᵢ, in the first half.</summary>
    [SkipLocalsInit]
    public static RowPoint VarTime(ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k)
    {
        Span<LanePoint> sums = stackalloc LanePoint[Groups];
        Span<Vector512<long>> tables = stackalloc Vector512<long>[Lanes * LaneTables.Size];
        Span<AffinePoint> points = stackalloc AffinePoint[Lanes];
        sums.Fill(LanePoint.Identity);
        points.Fill(AffinePoint.G);
        var started = 0;
        for (var i = 0; i < p.Length; i++)
        {
            if (i % Lanes == 0)
            {
                p[i..Math.Min(i + Lanes, p.Length)].CopyTo(points);
                LaneTables.Fill(LanePoint.From(points), tables);
            }
            AddTerm(sums, ref started, tables.Slice(i % Lanes * LaneTables.Size, LaneTables.Size), k[i]);
        }
        return Combine(sums);
    }

    /// <summary>Adds a term to the sums of all windows where it has a digit.</summary>
    private static void AddTerm(Span<LanePoint> sums, ref int started, ReadOnlySpan<Vector512<long>> table, in Scalar k)
    {
        Span<sbyte> digits = stackalloc sbyte[Groups * Lanes];
        Recode(k, digits);
        var groups = MemoryMarshal.Cast<sbyte, long>(digits);
        for (var g = 0; g < Groups; g++)
        {
            if (groups[g] == 0)
                continue;
            LaneTables.Gather(out var entry, table, 0, digits.Slice(g * Lanes, Lanes));
            if ((started >> g & 1) == 0)
                sums[g] = entry;
            else
                LanePoint.Add(ref sums[g], entry);
            started |= 1 << g;
        }
    }

    /// <summary>
    /// Σ 2⁵ⁱ·Wᵢ over the sums of the windows for both halves, and λ times the second added to the first.
    /// </summary>
    private static RowPoint Combine(ReadOnlySpan<LanePoint> sums)
    {
        var sum = RowPoint.Zero;
        for (var i = Windows - 1; i >= 0; i--)
        {
            RowPoint.Double(ref sum, LaneTables.Width);
            RowPoint.Add(ref sum, RowPoint.From(sums, Place(0, i), Place(1, i)));
        }
        RowPoint.AddMapped(ref sum);
        return sum;
    }

    /// <summary>Writes the lower 13 windows of both halves, then the upper ones, then zeros.</summary>
    private static void Recode(in Scalar k, Span<sbyte> digits)
    {
        Span<sbyte> halves = stackalloc sbyte[2 * Windows];
        LaneTables.Recode(k, halves, halves[Windows..]);
        for (var i = 0; i < Windows; i++)
            (digits[Place(0, i)], digits[Place(1, i)]) = (halves[i], halves[Windows + i]);
        digits[(2 * Windows)..].Clear();
    }

    /// <summary>Where the digit of a window stands.</summary>
    private static int Place(int half, int window) =>
        window < Windows / 2
            ? (half * (Windows / 2)) + window
            : Windows + (half * (Windows / 2)) + window - (Windows / 2);
}

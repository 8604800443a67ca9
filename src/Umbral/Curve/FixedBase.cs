namespace NuCypher.P2P.Umbral.Curve;

/// <summary>
/// Precomputed tables of a constant generator: a comb for secret scalars, odd multiples for public ones.
/// </summary>
internal sealed class FixedBase
{
    /// <summary>Entries of each window of the comb: 1, 3, …, 63 times 64ⁱ.</summary>
    public const int CombEntries = 32;

    /// <summary>The width of the windows for public scalars.</summary>
    public const int WideWindow = 8;

    private readonly Words256[] _comb;

    public static readonly FixedBase G = new(AffinePoint.G);
    public static readonly FixedBase U = new(AffinePoint.U);

    private FixedBase(in AffinePoint point)
    {
        Point = point;
        _comb =
        [
            .. MakeMultiples(point, SignedDigits.CombCount).SelectMany(p => new[] { p.X.ToWords(), p.Y.ToWords() }),
        ];
        Wide = new AffinePoint[2 << (WideWindow - 2)];
        OddMultiples.Fill(JacobianPoint.From(point), Wide.AsSpan(0, Wide.Length / 2), out var z);
        FieldInverse.Invert(out var inverse, z);
        OddMultiples.Rescale(Wide.AsSpan(0, Wide.Length / 2), inverse);
        OddMultiples.FillEndomorphism(Wide.AsSpan(0, Wide.Length / 2), Wide.AsSpan(Wide.Length / 2));
    }

    /// <summary>The generator.</summary>
    public AffinePoint Point { get; }

    /// <summary>1, 3, …, 127 times the generator, then the same of λ times the generator.</summary>
    public AffinePoint[] Wide { get; }

    /// <summary>The odd multiples of 64ⁱ times the generator, as the words of x, then y, of each.</summary>
    public ReadOnlySpan<Words256> Comb(int i) => _comb.AsSpan(i * 2 * CombEntries, 2 * CombEntries);

    /// <summary>1, 3, …, 63 times 64ⁱ times the point, for each of the windows.</summary>
    public static AffinePoint[] MakeMultiples(in AffinePoint point, int windows)
    {
        var multiples = new JacobianPoint[windows * CombEntries];
        var window = JacobianPoint.From(point);
        for (var i = 0; i < windows; i++)
        {
            JacobianPoint.Double(out var twice, window);
            var current = window;
            for (var j = 0; j < CombEntries; j++)
            {
                multiples[(i * CombEntries) + j] = current;
                JacobianPoint.AddVarTime(ref current, twice);
            }
            for (var j = 0; j < 6; j++)
                JacobianPoint.Double(out window, window);
        }
        var affine = new AffinePoint[multiples.Length];
        Affine.From(multiples, affine);
        return affine;
    }
}

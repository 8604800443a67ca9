using System.Runtime.CompilerServices;
using NuCypher.P2P.Umbral.Curve.Lanes;

namespace NuCypher.P2P.Umbral.Curve;

/// <summary>The multiplications of points that Umbral needs; every backend gives the same points.</summary>
/// <remarks>Constant-time in the scalars, whose zero and every other value are allowed, but for VarTime.</remarks>
internal abstract class CurveBackend
{
    /// <summary>The 64-bit backend, on any machine.</summary>
    public const string Words = "words";

    /// <summary>The eight-lane backend.</summary>
    public const string Lanes = "lanes";

    /// <summary>
    /// The switch of <see cref="AppContext"/> that forces the 64-bit backend, set before the first use.
    /// </summary>
    public const string ForceWords = "NuCypher.P2P.Umbral.ForceWords";

    /// <summary>The backends that run on this machine, the fastest last.</summary>
    public static IReadOnlyList<string> Names => LaneBackend.IsSupported ? [Words, Lanes] : [Words];

    /// <summary>The backend of this process.</summary>
    public static readonly CurveBackend Current =
        Named(AppContext.TryGetSwitch(ForceWords, out var forced) && forced ? Words : Names[^1]);

    /// <summary>The backend of a name.</summary>
    /// <exception cref="ArgumentException">No backend of this name runs on this machine.</exception>
    public static CurveBackend Named(string name) => name switch
    {
        Words => new WordBackend(),
        Lanes when LaneBackend.IsSupported => new LaneBackend(),
        _ => throw new ArgumentException("No such backend on this machine.", nameof(name)),
    };

    /// <summary>How many terms of a public sum go together.</summary>
    protected abstract int MaxTerms { get; }

    /// <summary>kᵢ times a constant generator, for each i.</summary>
    public abstract void MultiplyFixed(FixedBase generator, ReadOnlySpan<Scalar> k, Span<JacobianPoint> results);

    /// <summary>k·P.</summary>
    public abstract void Multiply(in JacobianPoint p, in Scalar k, out JacobianPoint result);

    /// <summary>k·P, k·Q, l·P, l·Q, in this order.</summary>
    public abstract void MultiplyPairs(
        in AffinePoint p, in AffinePoint q, in Scalar k, in Scalar l, Span<JacobianPoint> results);

    /// <summary>Σ kᵢ·Pᵢ and Σ kᵢ·Qᵢ.</summary>
    public abstract void SumPairs(
        ReadOnlySpan<AffinePoint> p, ReadOnlySpan<AffinePoint> q, ReadOnlySpan<Scalar> k,
        out JacobianPoint sumP, out JacobianPoint sumQ);

    /// <summary>g·G + u·U + Σ kᵢ·Pᵢ, for public scalars.</summary>
    /// <remarks>
    /// Terms with 1 and −1 are plain additions. Many terms are summed in slices that fit on the stack and in the
    /// nearest caches; the doublings that this repeats are a twentieth of a slice.
    /// </remarks>
    public void SumVarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum)
    {
        sum = SumSliceVarTime(g, u, p[..Math.Min(MaxTerms, p.Length)], k);
        for (var at = MaxTerms; at < p.Length; at += MaxTerms)
        {
            var slice = p[at..Math.Min(at + MaxTerms, p.Length)];
            JacobianPoint.AddVarTime(ref sum, SumSliceVarTime(default, default, slice, k[at..]));
        }
    }

    /// <summary>Tables for many multiples of a public point.</summary>
    public abstract PreparedPoint Prepare(in AffinePoint p);

    /// <summary>gᵢ·G + kᵢ·P for each i, for public scalars.</summary>
    public abstract void SumEachVarTime(
        in AffinePoint p, ReadOnlySpan<Scalar> g, ReadOnlySpan<Scalar> k, Span<JacobianPoint> sums);

    /// <summary>A square root of each element, or anything where there is none.</summary>
    public abstract void SquareRoots(ReadOnlySpan<FieldElement> squares, Span<FieldElement> roots);

    /// <summary>The same sum for at most <see cref="MaxTerms"/> terms, where no scalar is 1 or −1.</summary>
    protected abstract void SumTermsVarTime(
        in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k, out JacobianPoint sum);

    [SkipLocalsInit]
    private JacobianPoint SumSliceVarTime(in Scalar g, in Scalar u, ReadOnlySpan<AffinePoint> p, ReadOnlySpan<Scalar> k)
    {
        Span<AffinePoint> points = stackalloc AffinePoint[MaxTerms];
        Span<Scalar> scalars = stackalloc Scalar[MaxTerms];
        var single = default(JacobianPoint);
        var count = 0;
        for (var i = 0; i < p.Length; i++)
        {
            if (k[i].EqualTo(Scalar.One))
                JacobianPoint.AddVarTime(ref single, p[i]);
            else if (k[i].EqualTo(Scalar.MinusOne))
                JacobianPoint.AddVarTime(ref single, p[i].Negated());
            else
                (points[count], scalars[count++]) = (p[i], k[i]);
        }
        SumTermsVarTime(g, u, points[..count], scalars[..count], out var sum);
        JacobianPoint.AddVarTime(ref sum, single);
        return sum;
    }
}

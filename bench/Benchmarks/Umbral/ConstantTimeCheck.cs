using System.Diagnostics;
using System.Globalization;
using NuCypher.P2P.Umbral;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Benchmarks.Umbral;

/// <summary>Does the time of a routine depend on its secret? Fixed scalars against random ones, Welch's t.</summary>
/// <remarks>
/// Source: Reparaz, Balasch and Verbauwhede (2017). The slowest fifth is cropped, which is where interrupts are. |t|
/// below 4.5 shows no dependence; above, it is measured again, and counts if it shows three times with the same sign,
/// because other work on the machine shows too. The control, which is not constant-time on purpose, must show one. Run
/// by hand, on a quiet machine, with every new runtime.
/// </remarks>
internal static class ConstantTimeCheck
{
    private const int Samples = 30_000;
    private const int Pool = 1024;
    private const double Limit = 4.5;
    private const int Attempts = 3;

    private static readonly Scalar[] Fixed =
        [Scalar.FromUInt64(3), Scalar.MinusOne, Scalar.FromHex(
            "0000000000000100000000000000000000000000000000000000000000000000")];

    private static readonly string[] FixedNames = ["3", "n - 1", "2^200"];

    /// <summary>
    /// Prints a line for each backend, routine and fixed scalar; returns 1 if one depends on it, or the control does
    /// not.
    /// </summary>
    /// <param name="only">Checks only routines whose line has this in its name.</param>
    public static int Run(string only)
    {
        var right = true;
        bool Check(string name, Action<Scalar> routine) =>
            !name.Contains(only, StringComparison.Ordinal) || IsIndependent(name, routine);
        foreach (var name in CurveBackend.Names)
        {
            var backend = CurveBackend.Named(name);
            var results = new JacobianPoint[8];
            AffinePoint[] points = [AffinePoint.G, AffinePoint.U];
            right &= Check($"{name} k*G", k => backend.MultiplyFixed(FixedBase.G, [k], results.AsSpan(0, 1)));
            right &= Check($"{name} k*G, two", k => backend.MultiplyFixed(FixedBase.G, [k, k], results.AsSpan(0, 2)));
            right &= Check(
                $"{name} k*G, eight", k => backend.MultiplyFixed(FixedBase.G, [k, k, k, k, k, k, k, k], results));
            right &= Check($"{name} k*P", k => backend.Multiply(JacobianPoint.From(AffinePoint.U), k, out results[0]));
            right &= Check($"{name} pairs", k => backend.MultiplyPairs(points[0], points[1], k, k, results));
            right &= Check(
                $"{name} sum of pairs", k => backend.SumPairs(points, points, [k, k], out results[0], out results[1]));
            right &= !IsIndependent(
                $"{name} control VarTime", k => backend.SumVarTime(k, default, points, [k, k], out results[0]));
        }
        right &= Check("inverse", k => ScalarInverse.Invert(k));
        right &= Check("sign", k => Ecdsa.Sign(k, new byte[32], new byte[32]));
        Console.WriteLine(right
            ? "As it should be."
            : "NOT as it should be: measure again on a quiet machine, then look for the cause.");
        return right ? 0 : 1;
    }

    private static bool IsIndependent(string name, Action<Scalar> routine)
    {
        var random = Enumerable.Range(0, Pool).Select(_ => SecretScalar.Draw(UmbralOperations.Random)).ToArray();
        for (var i = 0; i < 2000; i++)
            routine(random[i % Pool]);
        var independent = true;
        for (var f = 0; f < Fixed.Length; f++)
        {
            var repeated = Enumerable.Range(0, Attempts)
                .Select(_ => Measure(name, FixedNames[f], routine, [.. Enumerable.Repeat(Fixed[f], Pool)], random))
                .TakeWhile(t => Math.Abs(t) >= Limit)
                .Select(Math.Sign)
                .ToArray();
            independent &= repeated.Length < Attempts || repeated.Distinct().Count() > 1;
        }
        return independent;
    }

    private static double Measure(
        string name, string fixedName, Action<Scalar> routine, Scalar[] fixedPool, Scalar[] randomPool)
    {
        var (fixedTimes, randomTimes) = (new List<double>(), new List<double>());
        var coins = new byte[Samples];
        UmbralOperations.Random.Fill(coins);
        for (var i = 0; i < Samples; i++)
        {
            var heads = (coins[i] & 1) == 0;
            var k = (heads ? fixedPool : randomPool)[i % Pool];
            var start = Stopwatch.GetTimestamp();
            routine(k);
            (heads ? fixedTimes : randomTimes).Add(Stopwatch.GetTimestamp() - start);
        }
        var t = Welch(fixedTimes, randomTimes, out var percent);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name,-24}{fixedName,-8}t = {t,8:F1}   {percent,7:F2} %"));
        return t;
    }

    private static double Welch(List<double> a, List<double> b, out double percent)
    {
        a.Sort();
        b.Sort();
        var crop = Math.Max(a[a.Count * 4 / 5], b[b.Count * 4 / 5]);
        var (x, y) = (a.Where(time => time <= crop).ToArray(), b.Where(time => time <= crop).ToArray());
        percent = 100 * (x.Average() - y.Average()) / y.Average();
        return (x.Average() - y.Average()) / Math.Sqrt((Variance(x) / x.Length) + (Variance(y) / y.Length));
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}

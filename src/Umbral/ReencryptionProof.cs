using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>The proof in a capsule fragment: z·P = P₂ + h·P₁ for P = E, V and the constant U.</summary>
/// <remarks>
/// All three equations are needed; a proxy can satisfy any two. They are checked in one sum with random weights of 128
/// bits for two of them and one for the third: a false one passes with probability 2⁻¹²⁸.
/// </remarks>
internal static class ReencryptionProof
{
    /// <summary>Whether the proof holds. Everything in it is public. Draws 32 bytes.</summary>
    public static bool HoldsVarTime(Capsule capsule, CapsuleFrag fragment, RandomSource weights)
    {
        var minusH = Scalar.Negate(CapsuleFragLayout.Challenge(capsule, fragment.Bytes));
        Span<byte> random = stackalloc byte[2 * Weight.Size];
        weights.Fill(random);
        var (wE, wV) = (Weight.Read(random), Weight.Read(random[Weight.Size..]));
        ReadOnlySpan<AffinePoint> points =
        [
            capsule.E, fragment.E1, fragment.E2, capsule.V, fragment.V1, fragment.V2, fragment.U1, fragment.U2,
        ];
        ReadOnlySpan<Scalar> scalars =
        [
            Scalar.Multiply(fragment.Z, wE), Scalar.Multiply(minusH, wE), Scalar.Negate(wE),
            Scalar.Multiply(fragment.Z, wV), Scalar.Multiply(minusH, wV), Scalar.Negate(wV),
            minusH, Scalar.Negate(Scalar.One),
        ];
        CurveBackend.Current.SumVarTime(default, fragment.Z, points, scalars, out var sum);
        return sum.IsIdentity;
    }

    /// <summary>Whether all proofs hold. Draws 48 bytes for each.</summary>
    public static bool AllHoldVarTime((Capsule Capsule, CapsuleFrag CapsuleFrag)[] items, RandomSource weights)
    {
        var random = new byte[items.Length * 3 * Weight.Size];
        weights.Fill(random);
        var combination = new LinearCombination(6 * items.Length);
        for (var i = 0; i < items.Length; i++)
            Add(
                combination, items[i].Capsule, items[i].CapsuleFrag,
                random.AsSpan(i * 3 * Weight.Size, 3 * Weight.Size));
        return combination.IsZeroVarTime();
    }

    private static void Add(
        LinearCombination combination, Capsule capsule, CapsuleFrag fragment, ReadOnlySpan<byte> random)
    {
        var h = CapsuleFragLayout.Challenge(capsule, fragment.Bytes);
        var (wE, wV) = (Weight.Read(random), Weight.Read(random[Weight.Size..]));
        var wU = Weight.Read(random[(2 * Weight.Size)..]);
        combination.AddCapsule(capsule, Scalar.Multiply(fragment.Z, wE), Scalar.Multiply(fragment.Z, wV));
        combination.AddGenerator(Scalar.Multiply(fragment.Z, wU));
        combination.Add(fragment.E1, Scalar.Negate(Scalar.Multiply(h, wE)));
        combination.Add(fragment.E2, Scalar.Negate(wE));
        combination.Add(fragment.V1, Scalar.Negate(Scalar.Multiply(h, wV)));
        combination.Add(fragment.V2, Scalar.Negate(wV));
        combination.Add(fragment.U1, Scalar.Negate(Scalar.Multiply(h, wU)));
        combination.Add(fragment.U2, Scalar.Negate(wU));
    }
}

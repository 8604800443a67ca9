namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Inverses modulo p. Constant-time.</summary>
internal static class FieldInverse
{
    /// <summary>1/a, or zero for zero.</summary>
    public static void Invert(out FieldElement r, in FieldElement a)
    {
        var unique = a;
        unique.Normalize();
        FieldElement.FromWords(out r, SafeGcd.Field.Invert(unique.ToWords()));
    }
}

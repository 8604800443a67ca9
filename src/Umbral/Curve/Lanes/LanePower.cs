namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Eight square roots modulo p at once, by exponentiation; constant-time.</summary>
internal static class LanePower
{
    /// <summary>Roots, where there are any: a^((p+1)/4).</summary>
    public static void SquareRoot(out LaneElement root, in LaneElement a)
    {
        Runs(a, out var x2, out var x22, out var x223);
        root = x223;
        SquareTimes(ref root, 23);
        LaneProduct.Multiply(out root, root, x22);
        SquareTimes(ref root, 6);
        LaneProduct.Multiply(out root, root, x2);
        SquareTimes(ref root, 2);
    }

    /// <summary>Powers whose exponents are runs of 2, 22 and 223 ones: what (p + 1)/4 is made of.</summary>
    private static void Runs(in LaneElement a, out LaneElement x2, out LaneElement x22, out LaneElement x223)
    {
        Join(out x2, a, 1, a);
        Join(out var x3, x2, 1, a);
        Join(out var x6, x3, 3, x3);
        Join(out var x9, x6, 3, x3);
        Join(out var x11, x9, 2, x2);
        Join(out x22, x11, 11, x11);
        Join(out var x44, x22, 22, x22);
        Join(out var x88, x44, 44, x44);
        Join(out var x176, x88, 88, x88);
        Join(out var x220, x176, 44, x44);
        Join(out x223, x220, 3, x3);
    }

    private static void Join(out LaneElement r, in LaneElement high, int shift, in LaneElement low)
    {
        var t = high;
        SquareTimes(ref t, shift);
        LaneProduct.Multiply(out r, t, low);
    }

    private static void SquareTimes(ref LaneElement a, int count)
    {
        for (var i = 0; i < count; i++)
            LaneProduct.Square(out a, a);
    }
}

namespace NuCypher.P2P.Umbral;

/// <summary>Where the parts of an encoded capsule fragment stand.</summary>
internal static class CapsuleFragLayout
{
    public const int Size = 381;
    public const int E1 = 3;
    public const int V1 = 38;
    public const int Id = 73;
    public const int Precursor = 107;
    public const int E2 = 143;
    public const int V2 = 178;
    public const int U1 = 213;
    public const int U2 = 248;
    public const int Z = 283;
    public const int Signature = 317;

    public static readonly WireLayout Wire = new(
        Size,
        (0, [0x95]), (1, WireLayout.Point), (36, WireLayout.Point), (71, WireLayout.Scalar), (105, WireLayout.Point),
        (140, [0x96]), (141, WireLayout.Point), (176, WireLayout.Point), (211, WireLayout.Point),
        (246, WireLayout.Point),
        (281, WireLayout.Scalar), (315, WireLayout.Signature));

    /// <summary>The hash of E ‖ E₁ ‖ E₂ ‖ V ‖ V₁ ‖ V₂ ‖ U ‖ U₁ ‖ U₂ to a scalar.</summary>
    public static Curve.Scalar Challenge(Capsule capsule, ReadOnlySpan<byte> bytes)
    {
        const int Point = PublicKey.Size;
        Span<byte> points = stackalloc byte[9 * Point];
        capsule.Points[..Point].CopyTo(points);
        capsule.Points[Point..].CopyTo(points[(3 * Point)..]);
        KeyFragLayout.GeneratorU.CopyTo(points[(6 * Point)..]);
        ReadOnlySpan<int> offsets = [E1, E2, V1, V2, U1, U2];
        for (var i = 0; i < offsets.Length; i++)
            bytes.Slice(offsets[i], Point).CopyTo(points[(((3 * (i / 2)) + 1 + (i % 2)) * Point)..]);
        return HashToScalar.ReencryptionChallenge(points);
    }
}

namespace NuCypher.P2P.Umbral.Curve.Lanes;

/// <summary>Between the coordinates of the lanes, x = X/Z and y = Y/Z, and Jacobian ones. Constant-time.</summary>
internal static class Homogeneous
{
    /// <summary>(XZ, YZ², Z); an identity has a Z of zero limbs.</summary>
    public static JacobianPoint ToJacobian(in FieldElement x, in FieldElement y, in FieldElement z)
    {
        JacobianPoint r;
        FieldProduct.Multiply(out r.X, x, z);
        FieldProduct.Square(out var zz, z);
        FieldProduct.Multiply(out r.Y, y, zz);
        r.Z = z;
        r.Z.Normalize();
        return r;
    }

    /// <summary>(XZ : Y : Z³).</summary>
    public static void FromJacobian(in JacobianPoint p, out FieldElement x, out FieldElement y, out FieldElement z)
    {
        FieldProduct.Multiply(out x, p.X, p.Z);
        y = p.Y;
        FieldProduct.Square(out z, p.Z);
        FieldProduct.Multiply(out z, z, p.Z);
    }
}

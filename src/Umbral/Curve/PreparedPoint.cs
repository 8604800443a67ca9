namespace NuCypher.P2P.Umbral.Curve;

/// <summary>Tables of a public point that is multiplied many times; immutable.</summary>
internal abstract class PreparedPoint
{
    /// <summary>g·G + k·P for public scalars.</summary>
    public abstract void SumVarTime(in Scalar g, in Scalar k, out JacobianPoint sum);
}

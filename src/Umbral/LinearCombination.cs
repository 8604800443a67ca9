using System.Runtime.InteropServices;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>
/// A growing sum of public multiples of points, in which the points of one capsule and the generator U occur once.
/// </summary>
internal sealed class LinearCombination(int capacity)
{
    private readonly List<AffinePoint> _points = new(capacity);
    private readonly List<Scalar> _scalars = new(capacity);
    private readonly Dictionary<Capsule, int> _capsules = [];
    private Scalar _generator;

    /// <summary>Adds k·P.</summary>
    public void Add(in AffinePoint point, in Scalar k)
    {
        _points.Add(point);
        _scalars.Add(k);
    }

    /// <summary>Adds k·U.</summary>
    public void AddGenerator(in Scalar k) => _generator = Scalar.Add(_generator, k);

    /// <summary>Adds e·E + v·V.</summary>
    public void AddCapsule(Capsule capsule, in Scalar e, in Scalar v)
    {
        if (!_capsules.TryGetValue(capsule, out var at))
        {
            _capsules[capsule] = at = _points.Count;
            Add(capsule.E, default);
            Add(capsule.V, default);
        }
        _scalars[at] = Scalar.Add(_scalars[at], e);
        _scalars[at + 1] = Scalar.Add(_scalars[at + 1], v);
    }

    /// <summary>Whether the sum is the identity.</summary>
    public bool IsZeroVarTime()
    {
        CurveBackend.Current.SumVarTime(
            default, _generator, CollectionsMarshal.AsSpan(_points), CollectionsMarshal.AsSpan(_scalars), out var sum);
        return sum.IsIdentity;
    }
}

using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>One call of generating key fragments: who grants what to whom.</summary>
/// <remarks>
/// X = x·G, D = x·B, d = H(X, B, D); f has f(0) = a/d and random other coefficients; share i has an id, its coordinate
/// H(X, B, D, id), its key rk = f(coordinate), its commitment rk·U and two signatures.
/// </remarks>
internal sealed class Grant(
    SecretKey delegatingKey, PublicKey receivingKey, Signer signer, bool signDelegatingKey, bool signReceivingKey)
{
    private const int Point = PublicKey.Size;

    /// <summary>Makes the fragments.</summary>
    public IReadOnlyList<VerifiedKeyFrag> Split(int threshold, int shares, RandomSource random)
    {
        var x = SecretScalar.Draw(random);
        var coefficients = new Scalar[threshold];
        for (var i = 1; i < threshold; i++)
            coefficients[i] = SecretScalar.Draw(random);
        Span<byte> shareInput = stackalloc byte[(3 * Point) + KeyFragLayout.IdSize];
        AgreeOn(x, shareInput[..(3 * Point)]);
        coefficients[0] = Scalar.Multiply(
            delegatingKey.Scalar, ScalarInverse.Invert(HashToScalar.SharedSecret(shareInput[..(3 * Point)])));

        using var batch = new ShareBatch(shares);
        batch.Draw(random);
        for (var j = 0; j < shares; j++)
            MakeShare(batch, j, shareInput, coefficients);
        batch.Commit();
        Sign(batch);
        Array.Clear(coefficients);
        CryptographicOperations.ZeroMemory(shareInput);
        return batch.ToKeyFrags();
    }

    /// <summary>Writes X ‖ B ‖ D.</summary>
    private void AgreeOn(in Scalar x, Span<byte> points)
    {
        Span<JacobianPoint> products = stackalloc JacobianPoint[2];
        CurveBackend.Current.MultiplyFixed(FixedBase.G, [x], products[..1]);
        CurveBackend.Current.Multiply(JacobianPoint.From(receivingKey.Point), x, out products[1]);
        Span<AffinePoint> affine = stackalloc AffinePoint[2];
        Affine.From(products, affine);
        affine[0].WriteCompressed(points);
        receivingKey.Write(points[Point..]);
        affine[1].WriteCompressed(points[(2 * Point)..]);
    }

    private void MakeShare(ShareBatch batch, int j, Span<byte> shareInput, ReadOnlySpan<Scalar> coefficients)
    {
        var bytes = batch.Start(j, shareInput[..Point], signDelegatingKey, signReceivingKey);
        bytes.Slice(KeyFragLayout.Id, KeyFragLayout.IdSize).CopyTo(shareInput[(3 * Point)..]);
        var coordinate = HashToScalar.ShareCoordinate(shareInput);
        var value = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--)
            value = Scalar.Add(Scalar.Multiply(value, coordinate), coefficients[i]);
        batch.SetKey(j, value);
    }

    private void Sign(ShareBatch batch)
    {
        for (var j = 0; j < batch.Count; j++)
        {
            batch.HashMessage(j, 0, delegatingKey.PublicKey, receivingKey);
            batch.HashMessage(
                j, 1, signDelegatingKey ? delegatingKey.PublicKey : null, signReceivingKey ? receivingKey : null);
        }
        batch.Sign(signer.Scalar);
    }
}

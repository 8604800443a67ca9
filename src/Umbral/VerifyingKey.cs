using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A public key that verifies signatures: a point of secp256k1.</summary>
/// <remarks>33 bytes, compressed point, SEC 1; nothing else is read, and never the identity.</remarks>
public sealed class VerifyingKey : IEquatable<VerifyingKey>
{
    /// <summary>The size of an encoding in bytes.</summary>
    public const int Size = AffinePoint.CompressedSize;

    private readonly byte[] _bytes = new byte[Size];
    private readonly PreparedPoint? _prepared;

    internal VerifyingKey(in AffinePoint point, PreparedPoint? prepared = null)
    {
        _prepared = prepared;
        Point = point;
        point.WriteCompressed(_bytes);
    }

    internal AffinePoint Point { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the canonical encoding.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerifyingKey? value) =>
        TryRead(bytes, out value, out _);

    /// <summary>Reads the canonical encoding; says why not.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out VerifyingKey? value, out ReadVerdict verdict)
    {
        var point = default(AffinePoint);
        verdict = bytes.Length == Size ? AffinePoint.ReadCompressed(bytes, out point) : ReadVerdict.WrongLength;
        value = verdict == ReadVerdict.Ok ? new VerifyingKey(point) : null;
        return value is not null;
    }

    /// <summary>Verifies an ECDSA signature over SHA-256 of <paramref name="message"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> message, Signature signature)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        return Ecdsa.VerifyVarTime(this, digest, signature);
    }

    /// <summary>The same key with tables that halve the time of every verification with it, of fragments too.</summary>
    /// <remarks>
    /// For keys that verify more than about five signatures one by one: the tables take 70 KiB or less, and the time of
    /// two verifications to make. They are immutable, hold nothing secret, and are dropped with the key that this
    /// returns.
    /// </remarks>
    public VerifyingKey Prepare() =>
        _prepared is null ? new VerifyingKey(Point, CurveBackend.Current.Prepare(Point)) : this;

    /// <summary>Writes the encoding; the destination must hold <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <summary>The encoding as a new array.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <inheritdoc/>
    public bool Equals(VerifyingKey? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerifyingKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 1);

    /// <summary>The type and the first 8 bytes.</summary>
    public override string ToString() => $"VerifyingKey:{Convert.ToHexStringLower(Bytes[..8])}";

    /// <summary>gᵢ·G + kᵢ·K for each i, for public scalars.</summary>
    internal void SumEachVarTime(ReadOnlySpan<Scalar> g, ReadOnlySpan<Scalar> k, Span<JacobianPoint> sums)
    {
        if (_prepared is null)
        {
            CurveBackend.Current.SumEachVarTime(Point, g, k, sums);
            return;
        }
        for (var i = 0; i < g.Length; i++)
            _prepared.SumVarTime(g[i], k[i], out sums[i]);
    }
}

using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>
/// The fragments of one grant while they are made, so that each step takes one field inversion for all.
/// </summary>
internal sealed class ShareBatch : IDisposable
{
    private const int Digest = SHA256.HashSizeInBytes;
    private const int DrawSize = KeyFragLayout.IdSize + (2 * Ecdsa.HedgeSize);

    private readonly byte[] _bytes;
    private readonly byte[] _draws;
    private readonly byte[] _digests;
    private readonly Scalar[] _keys;

    public ShareBatch(int count)
    {
        Count = count;
        _bytes = GC.AllocateArray<byte>(count * KeyFragLayout.Size, pinned: true);
        _draws = new byte[count * DrawSize];
        _digests = new byte[count * 2 * Digest];
        _keys = GC.AllocateArray<Scalar>(count, pinned: true);
    }

    public int Count { get; }

    /// <summary>
    /// Draws for each share its id, then the hedges of its signatures for the receiver and for the proxy.
    /// </summary>
    public void Draw(RandomSource random) => random.Fill(_draws);

    /// <summary>Writes what is the same in every share, and gives the share's bytes.</summary>
    public Span<byte> Start(int j, ReadOnlySpan<byte> precursor, bool delegatingKeySigned, bool receivingKeySigned)
    {
        var bytes = Bytes(j);
        KeyFragLayout.Wire.Write(bytes);
        KeyFragLayout.GeneratorU.CopyTo(bytes[KeyFragLayout.U..]);
        _draws.AsSpan(j * DrawSize, KeyFragLayout.IdSize).CopyTo(bytes[KeyFragLayout.Id..]);
        precursor.CopyTo(bytes[KeyFragLayout.Precursor..]);
        bytes[KeyFragLayout.DelegatingKeySigned] = delegatingKeySigned ? KeyFragLayout.True : KeyFragLayout.False;
        bytes[KeyFragLayout.ReceivingKeySigned] = receivingKeySigned ? KeyFragLayout.True : KeyFragLayout.False;
        return bytes;
    }

    /// <summary>Sets rk of share j.</summary>
    public void SetKey(int j, in Scalar key)
    {
        _keys[j] = key;
        key.Write(Bytes(j)[KeyFragLayout.Key..]);
    }

    /// <summary>Writes every commitment rk·U.</summary>
    public void Commit()
    {
        var points = MultiplyFixed(FixedBase.U, _keys);
        for (var j = 0; j < Count; j++)
            points[j].WriteCompressed(Bytes(j)[KeyFragLayout.Commitment..]);
    }

    /// <summary>Hashes the message of a share's signature: 0 for the receiver, 1 for the proxy.</summary>
    public void HashMessage(int j, int which, PublicKey? delegatingKey, PublicKey? receivingKey)
    {
        var bytes = Bytes(j);
        KeyFragLayout.HashMessage(
            bytes.Slice(KeyFragLayout.Id, KeyFragLayout.IdSize),
            bytes.Slice(KeyFragLayout.Commitment, PublicKey.Size),
            bytes.Slice(KeyFragLayout.Precursor, PublicKey.Size),
            delegatingKey, receivingKey, _digests.AsSpan(((2 * j) + which) * Digest, Digest));
    }

    /// <summary>Writes all signatures.</summary>
    public void Sign(in Scalar key)
    {
        var nonces = new Scalar[2 * Count];
        for (var i = 0; i < nonces.Length; i++)
            nonces[i] = DeterministicNonce.Derive(key, _digests.AsSpan(i * Digest, Digest), Hedge(i));
        var points = MultiplyFixed(FixedBase.G, nonces);
        ScalarInverse.Invert(nonces);
        for (var i = 0; i < nonces.Length; i++)
        {
            var signature = Ecdsa.Complete(key, _digests.AsSpan(i * Digest, Digest), nonces[i], points[i]).Signature;
            var offset = i % 2 == 0 ? KeyFragLayout.ReceiverSignature : KeyFragLayout.ProxySignature;
            signature.Write(Bytes(i / 2)[offset..]);
        }
        Array.Clear(nonces);
    }

    public IReadOnlyList<VerifiedKeyFrag> ToKeyFrags() =>
        [.. Enumerable.Range(0, Count).Select(j => new VerifiedKeyFrag(Bytes(j)))];

    public void Dispose()
    {
        Array.Clear(_keys);
        CryptographicOperations.ZeroMemory(_bytes);
        CryptographicOperations.ZeroMemory(_draws);
    }

    private static AffinePoint[] MultiplyFixed(FixedBase generator, Scalar[] scalars)
    {
        var points = new JacobianPoint[scalars.Length];
        CurveBackend.Current.MultiplyFixed(generator, scalars, points);
        var affine = new AffinePoint[scalars.Length];
        Affine.From(points, affine);
        return affine;
    }

    private ReadOnlySpan<byte> Hedge(int i) =>
        _draws.AsSpan((i / 2 * DrawSize) + KeyFragLayout.IdSize + (i % 2 * Ecdsa.HedgeSize), Ecdsa.HedgeSize);

    private Span<byte> Bytes(int j) => _bytes.AsSpan(j * KeyFragLayout.Size, KeyFragLayout.Size);
}

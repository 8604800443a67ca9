using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace NuCypher.P2P.Umbral;

/// <summary>Derives any number of keys from one 32-byte seed, by label; labels are any bytes, also none.</summary>
/// <remarks>
/// HKDF-SHA-256 without salt, info = <c>SECRET_DERIVATION/</c>, <c>KEY_DERIVATION/</c> or <c>FACTORY_DERIVATION/</c> ‖
/// label. A key is the hash to a scalar of 64 derived bytes, with that info as tag.
/// </remarks>
public sealed class SecretKeyFactory : IDisposable
{
    /// <summary>The size of a seed in bytes.</summary>
    public const int SeedSize = 32;

    /// <summary>The size of a derived secret in bytes.</summary>
    public const int SecretSize = 64;

    private readonly SecretBytes _seed;

    private SecretKeyFactory(SecretBytes seed) => _seed = seed;

    /// <summary>Reads a seed; false unless 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> seed, [NotNullWhen(true)] out SecretKeyFactory? value)
    {
        value = seed.Length == SeedSize ? new SecretKeyFactory(new SecretBytes(seed)) : null;
        return value is not null;
    }

    /// <summary>Draws a seed of 32 bytes.</summary>
    public static SecretKeyFactory Random(RandomSource random)
    {
        var seed = new SecretBytes(SeedSize);
        random.Fill(seed.Span);
        return new SecretKeyFactory(seed);
    }

    /// <summary>Derives an encryption key.</summary>
    public SecretKey MakeKey(ReadOnlySpan<byte> label) => new(MakeScalar(label));

    /// <summary>
    /// Derives a signing key; the same scalar as <see cref="MakeKey"/> of the same label, so use other labels.
    /// </summary>
    public Signer MakeSigner(ReadOnlySpan<byte> label) => new(MakeScalar(label));

    /// <summary>Derives 64 secret bytes into the destination, which must be of that size.</summary>
    public void MakeSecret(ReadOnlySpan<byte> label, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, SecretSize);
        Derive([.. "SECRET_DERIVATION/"u8, .. label], destination);
    }

    /// <summary>Derives another factory.</summary>
    public SecretKeyFactory MakeFactory(ReadOnlySpan<byte> label)
    {
        var seed = new SecretBytes(SeedSize);
        Derive([.. "FACTORY_DERIVATION/"u8, .. label], seed.Span);
        return new SecretKeyFactory(seed);
    }

    /// <summary>Exports the seed, 32 bytes.</summary>
    public void WriteSecret(Span<byte> destination) => _seed.Span.CopyTo(destination);

    /// <summary>Zeroes the seed.</summary>
    public void Dispose() => _seed.Dispose();

    /// <summary>The type; nothing of the secret.</summary>
    public override string ToString() => "SecretKeyFactory:...";

    private SecretScalar MakeScalar(ReadOnlySpan<byte> label)
    {
        byte[] info = [.. "KEY_DERIVATION/"u8, .. label];
        Span<byte> secret = stackalloc byte[SecretSize];
        Derive(info, secret);
        var scalar = new SecretScalar(HashToScalar.Hash(info, secret));
        CryptographicOperations.ZeroMemory(secret);
        return scalar;
    }

    private void Derive(byte[] info, Span<byte> destination) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _seed.Span, destination, salt: default, info);
}

using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>Derives any number of keys from one 32-byte seed, by label.</summary>
public sealed class SecretKeyFactory : IDisposable
{
    /// <summary>The size of a seed in bytes.</summary>
    public const int SeedSize = 32;

    /// <summary>The size of a derived secret in bytes.</summary>
    public const int SecretSize = 64;

    /// <summary>Reads a seed of 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> seed, [NotNullWhen(true)] out SecretKeyFactory? value) => throw new NotImplementedException();

    /// <summary>Draws a seed of 32 bytes.</summary>
    public static SecretKeyFactory Random(RandomSource random) => throw new NotImplementedException();

    /// <summary>Derives an encryption key.</summary>
    public SecretKey MakeKey(ReadOnlySpan<byte> label) => throw new NotImplementedException();

    /// <summary>Derives a signing key.</summary>
    public Signer MakeSigner(ReadOnlySpan<byte> label) => throw new NotImplementedException();

    /// <summary>Derives 64 secret bytes.</summary>
    public void MakeSecret(ReadOnlySpan<byte> label, Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Derives another factory.</summary>
    public SecretKeyFactory MakeFactory(ReadOnlySpan<byte> label) => throw new NotImplementedException();

    /// <summary>Exports the seed, 32 bytes.</summary>
    public void WriteSecret(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Zeroes the seed.</summary>
    public void Dispose() => throw new NotImplementedException();
}

using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A secret signing key: a scalar from 1 to n − 1, of another type than an encryption key on purpose.</summary>
public sealed class Signer : IDisposable
{
    /// <summary>The size of an encoding in bytes: one big-endian scalar.</summary>
    public const int Size = 32;

    /// <summary>Draws a key: 32 bytes, again while they are not a scalar from 1 to n − 1.</summary>
    public static Signer Random(RandomSource random) => throw new NotImplementedException();

    /// <summary>Reads 32 bytes, big-endian.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Signer? value) => throw new NotImplementedException();

    /// <summary>The key that verifies this signer's signatures.</summary>
    public VerifyingKey VerifyingKey => throw new NotImplementedException();

    /// <summary>Signs SHA-256 of <paramref name="message"/>; draws 32 bytes that hedge the nonce.</summary>
    public Signature Sign(ReadOnlySpan<byte> message, RandomSource random) => throw new NotImplementedException();

    /// <summary>Exports the secret, 32 bytes big-endian.</summary>
    public void WriteSecret(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => throw new NotImplementedException();
}

using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A secret encryption key, delegating or receiving: a scalar from 1 to n − 1.</summary>
public sealed class SecretKey : IDisposable
{
    /// <summary>The size of an encoding in bytes: one big-endian scalar.</summary>
    public const int Size = 32;

    /// <summary>Draws a key: 32 bytes, again while they are not a scalar from 1 to n − 1.</summary>
    public static SecretKey Random(RandomSource random) => throw new NotImplementedException();

    /// <summary>Reads 32 bytes, big-endian.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SecretKey? value) => throw new NotImplementedException();

    /// <summary>The key that others encrypt to.</summary>
    public PublicKey PublicKey => throw new NotImplementedException();

    /// <summary>Exports the secret, 32 bytes big-endian.</summary>
    public void WriteSecret(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => throw new NotImplementedException();
}

using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Umbral;

/// <summary>A 32-byte key for a payload, from an encapsulation.</summary>
public sealed class DataKey : IDisposable
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 32;

    /// <summary>Takes a key of 32 bytes from elsewhere.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DataKey? value) => throw new NotImplementedException();

    /// <summary>Exports the key, 32 bytes.</summary>
    public void WriteSecret(Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => throw new NotImplementedException();
}

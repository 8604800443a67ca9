using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NuCypher.P2P.Umbral.Curve;

namespace NuCypher.P2P.Umbral;

/// <summary>A 32-byte key for a payload, from an encapsulation.</summary>
public sealed class DataKey : IDisposable
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 32;

    private readonly SecretBytes _bytes;

    internal DataKey(SecretBytes bytes) => _bytes = bytes;

    internal SecretBytes Secret => _bytes;

    internal ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Takes a key from elsewhere; false unless 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DataKey? value)
    {
        value = bytes.Length == Size ? new DataKey(new SecretBytes(bytes)) : null;
        return value is not null;
    }

    /// <summary>Exports the key, 32 bytes.</summary>
    public void WriteSecret(Span<byte> destination) => Bytes.CopyTo(destination);

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>The type; nothing of the secret.</summary>
    public override string ToString() => "DataKey:...";

    /// <summary>HKDF-SHA-256 of the compressed shared point, without salt and info: two HMACs. Constant-time.</summary>
    internal static DataKey From(in AffinePoint sharedPoint)
    {
        Span<byte> material = stackalloc byte[PublicKey.Size];
        sharedPoint.WriteCompressed(material);
        var key = new SecretBytes(Size);
        Span<byte> salt = stackalloc byte[Size];
        salt.Clear();
        HmacSha256.Hash(salt, material, key.Span);
        HmacSha256.Hash(key.Span, [1], key.Span);
        CryptographicOperations.ZeroMemory(material);
        return new DataKey(key);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace NuCypher.P2P.Node.Keystore;

/// <summary>What a user types; zeroed when disposed.</summary>
internal sealed class Password : IDisposable
{
    /// <summary>Longest password, in bytes of UTF-8.</summary>
    public const int MaxSize = 1024;

    private Password(byte[] utf8) => Utf8 = utf8;

    /// <summary>The bytes, for the key derivation only.</summary>
    public byte[] Utf8 { get; }

    /// <summary>Takes a copy; false if nothing is there or it is too long.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, [NotNullWhen(true)] out Password? password)
    {
        password = null;
        if (text.IsEmpty || text.Length > MaxSize || Encoding.UTF8.GetByteCount(text) > MaxSize)
            return false;
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        password = new Password(utf8);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(Utf8);

    /// <summary>Shows nothing.</summary>
    public override string ToString() => nameof(Password);
}

using System.Security.Cryptography;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Keystore;

/// <summary>A node's seed under a password.</summary>
/// <remarks>
/// Bytes: brand and version (8: "NKey", 0 1, 0 0) ‖ scrypt cost (3) ‖ salt (16) ‖ nonce (12) ‖ sealed seed (32) ‖ tag
/// (16). AES-256-GCM; the associated data is everything before the sealed seed, so that no byte can be changed. Salt
/// and nonce are new in each file.
/// </remarks>
internal static class KeystoreFile
{
    /// <summary>Bytes of the secret.</summary>
    public const int SeedSize = 32;

    /// <summary>Bytes of a keystore.</summary>
    public const int Size = SealedStart + SeedSize + TagSize;

    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int SaltStart = 8 + ScryptCost.Size;
    private const int NonceStart = SaltStart + SaltSize;
    private const int SealedStart = NonceStart + NonceSize;

    private static ReadOnlySpan<byte> Header => "NKey\0\u0001\0\0"u8;

    /// <summary>
    /// Writes a new keystore that only its owner may read; false, and nothing changes, if the path is taken.
    /// </summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> seed, Password password, ScryptCost cost) =>
        AtomicFile.TryCreate(path, Seal(seed, password, cost), Modes.Secret);

    /// <summary>Writes a keystore in the place of another; nothing is left half-written.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> seed, Password password, ScryptCost cost) =>
        AtomicFile.Write(path, Seal(seed, password, cost), Modes.Secret);

    /// <summary>
    /// Reads a keystore; the seed is written only if the verdict is <see cref="KeystoreVerdict.Opened"/>.
    /// </summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static KeystoreVerdict Read(string path, Password password, Span<byte> seed)
    {
        using var file = File.OpenRead(path);
        Span<byte> content = stackalloc byte[Size + 1];
        var count = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return Open(content[..count], password, seed);
    }

    /// <summary>The bytes of a keystore.</summary>
    /// <param name="seed"><see cref="SeedSize"/> bytes.</param>
    /// <param name="password">Needed to open it again; in normal form C.</param>
    /// <param name="cost">Stored in the file.</param>
    public static byte[] Seal(ReadOnlySpan<byte> seed, Password password, ScryptCost cost)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedSize);
        var file = new byte[Size];
        Header.CopyTo(file);
        cost.Write(file.AsSpan(Header.Length));
        RandomNumberGenerator.Fill(file.AsSpan(SaltStart, SaltSize + NonceSize));
        using var cipher = CipherOf(file, password.Utf8, cost);
        cipher.Encrypt(
            Nonce(file), seed, file.AsSpan(SealedStart, SeedSize), file.AsSpan(Size - TagSize),
            file.AsSpan(0, SealedStart));
        return file;
    }

    /// <summary>
    /// Opens the bytes of a keystore, also an old one under a password as it was typed. Never throws for them.
    /// </summary>
    public static KeystoreVerdict Open(ReadOnlySpan<byte> file, Password password, Span<byte> seed)
    {
        if (file.Length != Size || !file.StartsWith(Header))
            return KeystoreVerdict.NotAKeystore;
        var cost = ScryptCost.Read(file[Header.Length..]);
        if (!cost.IsAcceptable)
            return KeystoreVerdict.ExcessiveCost;
        var verdict = Open(file, password.Utf8, cost, seed);
        return verdict == KeystoreVerdict.WrongPassword && password.Typed is { } typed
            ? Open(file, typed, cost, seed)
            : verdict;
    }

    private static ReadOnlySpan<byte> Nonce(ReadOnlySpan<byte> file) => file.Slice(NonceStart, NonceSize);

    private static KeystoreVerdict Open(ReadOnlySpan<byte> file, byte[] password, ScryptCost cost, Span<byte> seed)
    {
        using var cipher = CipherOf(file, password, cost);
        try
        {
            cipher.Decrypt(
                Nonce(file), file.Slice(SealedStart, SeedSize), file[^TagSize..], seed[..SeedSize],
                file[..SealedStart]);
            return KeystoreVerdict.Opened;
        }
        catch (AuthenticationTagMismatchException)
        {
            return KeystoreVerdict.WrongPassword;
        }
    }

    private static AesGcm CipherOf(ReadOnlySpan<byte> file, byte[] password, ScryptCost cost)
    {
        var key = cost.DeriveKey(password, file.Slice(SaltStart, SaltSize), KeySize);
        try
        {
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}

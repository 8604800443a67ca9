using System.Security.Cryptography;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Keystore;

/// <summary>The identity of a data folder: made once, opened by every command that signs or decrypts.</summary>
internal static class IdentityStore
{
    /// <summary>
    /// Writes the keystore of a seed and gives the identity, which the caller disposes; zeroes the seed.
    /// </summary>
    /// <exception cref="CommandException">The folder has an identity; of two who make one at once, one gets
    /// this.</exception>
    public static Identity Create(DataFolder folder, Password password, ScryptCost cost, Span<byte> seed)
    {
        if (KeystoreFile.TryCreate(folder.Keystore, seed, password, cost))
            return Take(seed);
        CryptographicOperations.ZeroMemory(seed);
        throw folder.HasIdentity;
    }

    /// <summary>Opens the keystore; the caller disposes the identity.</summary>
    /// <exception cref="CommandException">There is none, the password is wrong, or the file is damaged.</exception>
    public static Identity Open(DataFolder folder, Password password)
    {
        Span<byte> seed = stackalloc byte[KeystoreFile.SeedSize];
        var verdict = KeystoreFile.Read(folder.Keystore, password, seed);
        return verdict == KeystoreVerdict.Opened ? Take(seed) : throw Refusal(verdict, folder.Keystore);
    }

    /// <summary>Opens the bytes of a keystore; the caller disposes the identity.</summary>
    /// <exception cref="CommandException">The password is wrong, or the bytes are damaged.</exception>
    public static Identity OpenBytes(ReadOnlySpan<byte> keystore, Password password, string name)
    {
        Span<byte> seed = stackalloc byte[KeystoreFile.SeedSize];
        var verdict = KeystoreFile.Open(keystore, password, seed);
        return verdict == KeystoreVerdict.Opened ? Take(seed) : throw Refusal(verdict, name);
    }

    private static Identity Take(Span<byte> seed)
    {
        var taken = Identity.TryRead(seed, out var identity);
        CryptographicOperations.ZeroMemory(seed);
        return taken ? identity! : throw new InvalidOperationException("a seed has 32 bytes");
    }

    private static CommandException Refusal(KeystoreVerdict verdict, string path) => verdict switch
    {
        KeystoreVerdict.WrongPassword => new(
            ExitCode.Password, $"the password does not open {path}",
            "Type it again, as it was when the identity was made (nucypher password changes it); "
            + "only if it is surely right, the file was changed: restore a copy."),
        KeystoreVerdict.ExcessiveCost => new(
            ExitCode.Storage, $"{path} asks for more memory than a keystore may",
            "It was not made by this program: restore a copy."),
        _ =>
            new(
                ExitCode.Storage, $"{path} is not a keystore of this version",
                "Restore a copy, or make a new identity elsewhere."),
    };
}

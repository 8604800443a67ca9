using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.Backups;

/// <summary>What stands before the encrypted part of a backup: <c>NBak</c>, version 1 (2), the keystore as it is, under
/// its password.</summary>
/// <remarks>
/// What follows is a message kit to the identity itself, signed by it: only who has the password, or the 24 words,
/// reads it, and nobody
/// else can have made it.
/// </remarks>
internal static class BackupHead
{
    private static ReadOnlySpan<byte> Brand => "NBak\0\u0001"u8;

    /// <summary>The bytes of a head.</summary>
    public static byte[] Of(ReadOnlySpan<byte> keystore) => [.. Brand, .. keystore];

    /// <summary>Reads a head and gives the keystore.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static async Task<byte[]> ReadAsync(Stream input, CancellationToken cancellation)
    {
        var head = new byte[Brand.Length + KeystoreFile.Size];
        var count = await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        return count == head.Length && head.AsSpan().StartsWith(Brand)
            ? head[Brand.Length..]
            : throw new CommandException(ExitCode.BadInput, "the input is not a backup",
                "Give a file that nucypher backup has made.");
    }
}

using System.Security.Cryptography;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Kits;

/// <summary>Message kits over streams of any length, a piece at a time.</summary>
internal static class KitStream
{
    private const int PieceSize = 64 * 1024;

    /// <summary>Why a kit of the right policy key doesn't open.</summary>
    public static CommandException Altered =>
        new(
            ExitCode.BadInput, "the kit is altered or cut short",
            "Get the file again; no file was made of it, and what went into a pipe is worth nothing.");

    /// <summary>Encrypts everything; gives the number of plaintext bytes.</summary>
    /// <param name="sealer">Makes the kit.</param>
    /// <param name="input">The plaintext.</param>
    /// <param name="write">Takes the kit.</param>
    /// <param name="progress">Hears how many bytes are read.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<long> SealAsync(
        KitSealer sealer, Stream input, Action<ReadOnlySpan<byte>> write, Action<long> progress,
        CancellationToken cancellation)
    {
        write(sealer.Head.Span);
        var count = await PumpAsync(input, piece => write(sealer.Append(piece)), progress, cancellation);
        write(sealer.Finish());
        return count;
    }

    /// <summary>Decrypts what follows the head; gives size and author, if the kit names one.</summary>
    /// <exception cref="CommandException">The kit is altered or cut; the output is worth nothing.</exception>
    public static async Task<(long Size, VerifyingKey? Author)> OpenAsync(
        KitOpener opener, Stream input, OutputFile output, Action<long> progress, CancellationToken cancellation)
    {
        long size = 0;
        await PumpAsync(input, piece => Write(Append(opener, piece)), progress, cancellation);
        var end = opener.Finish(out var rest, out var author);
        Write(rest);
        return end == KitOpening.Opened ? (size, author) : throw Refusal(end);

        void Write(byte[] payload)
        {
            output.Write(payload);
            size += payload.Length;
        }
    }

    /// <summary>Reads everything; gives the number of bytes.</summary>
    public static async Task<long> PumpAsync(
        Stream input, Action<ReadOnlySpan<byte>> take, Action<long> progress, CancellationToken cancellation)
    {
        var piece = new byte[PieceSize];
        long total = 0;
        for (int count; (count = await ReadAsync(input, piece, cancellation)) > 0;)
        {
            take(piece.AsSpan(0, count));
            total += count;
            progress(total);
        }

        CryptographicOperations.ZeroMemory(piece);
        return total;
    }

    // Who waits for a pipe or a terminal that says nothing can still be stopped.
    private static async ValueTask<int> ReadAsync(Stream input, byte[] piece, CancellationToken cancellation) =>
        input.CanSeek
        ? await input.ReadAsync(piece, cancellation)
        : await input.ReadAsync(piece, cancellation).AsTask().WaitAsync(cancellation);

    private static byte[] Append(KitOpener opener, ReadOnlySpan<byte> piece) =>
        opener.TryAppend(piece, out var payload) ? payload : throw Refusal(KitOpening.CannotOpen);

    private static CommandException Refusal(KitOpening end) => end switch
    {
        KitOpening.BadSignature => new(
            ExitCode.BadInput, "the author named in the kit did not sign it",
            "Don't trust it; get it again from its author."),
        _ => Altered,
    };
}

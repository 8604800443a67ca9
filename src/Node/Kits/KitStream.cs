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

    /// <summary>Encrypts everything; gives the number of plaintext bytes.</summary>
    public static async Task<long> SealAsync(KitSealer sealer, Stream input, OutputFile output, CancellationToken cancellation)
    {
        output.Write(sealer.Head.Span);
        var count = await PumpAsync(input, piece => output.Write(sealer.Append(piece)), cancellation);
        output.Write(sealer.Finish());
        return count;
    }

    /// <summary>Reads the head of a kit.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static async Task<StreamedKit> ReadHeadAsync(Stream input, CancellationToken cancellation)
    {
        var head = new byte[StreamedKit.HeadSize];
        var count = await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        return StreamedKit.TryRead(head.AsSpan(0, count), out var kit, out var refusal)
            ? kit
            : throw new CommandException(
                ExitCode.BadInput, $"the input is not a message kit ({refusal})", "Give a file that nucypher encrypt has made.");
    }

    /// <summary>Decrypts what follows the head; gives the author, if the kit names one.</summary>
    /// <exception cref="CommandException">The kit is altered or cut; the output is worth nothing.</exception>
    public static async Task<VerifyingKey?> OpenAsync(
        KitOpener opener, Stream input, OutputFile output, CancellationToken cancellation)
    {
        await PumpAsync(input, piece => output.Write(Append(opener, piece)), cancellation);
        var end = opener.Finish(out var rest, out var author);
        output.Write(rest);
        return end == KitOpening.Opened ? author : throw Refusal(end);
    }

    private static byte[] Append(KitOpener opener, ReadOnlySpan<byte> piece) =>
        opener.TryAppend(piece, out var payload) ? payload : throw Refusal(KitOpening.CannotOpen);

    private static CommandException Refusal(KitOpening end) => end switch
    {
        KitOpening.BadSignature => new(
            ExitCode.BadInput, "the author named in the kit did not sign it", "Don't trust it; get it again from its author."),
        _ => new(ExitCode.BadInput, "the kit is altered or cut short", "Get the file again; nothing was written."),
    };

    private static async Task<long> PumpAsync(Stream input, PieceReader take, CancellationToken cancellation)
    {
        var piece = new byte[PieceSize];
        long total = 0;
        for (int count; (count = await input.ReadAsync(piece, cancellation)) > 0; total += count)
            take(piece.AsSpan(0, count));
        CryptographicOperations.ZeroMemory(piece);
        return total;
    }

    private delegate void PieceReader(ReadOnlySpan<byte> piece);
}

using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Policy.Kits;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Node.Kits;

/// <summary>A message kit that is being read, as bytes or as text; its head is read.</summary>
internal sealed class KitInput : IDisposable
{
    private readonly Stream _file;

    private KitInput(Stream file, Stream rest, StreamedKit kit) => (_file, Rest, Kit) = (file, rest, kit);

    /// <summary>The head.</summary>
    public StreamedKit Kit { get; }

    /// <summary>What follows the head.</summary>
    public Stream Rest { get; }

    /// <summary>Whether it is written as text.</summary>
    public bool IsArmored => Rest is ArmorReader;

    /// <summary>Opens a path, or the standard input, and reads the head.</summary>
    /// <exception cref="CommandException">It is no kit.</exception>
    public static async Task<KitInput> OpenAsync(string path, CancellationToken cancellation)
    {
        var file = OutputFile.OpenInput(path);
        try
        {
            return await ReadHeadAsync(path, file, cancellation);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static async Task<KitInput> ReadHeadAsync(string path, Stream file, CancellationToken cancellation)
    {
        var head = new byte[StreamedKit.StartSize];
        var count = await ReadAsync(file, head, cancellation);
        var rest = file;
        if (!StreamedKit.IsStart(head))
        {
            rest = ArmorReader.Find(head.AsSpan(0, count), file)
                ?? throw Refusal(path, count < head.Length ? DecodeRefusal.TooShort : DecodeRefusal.WrongBrand);
            count = await ReadAsync(rest, head, cancellation);
        }

        var start = head.Length;
        if (count == start)
        {
            Array.Resize(ref head, StreamedKit.HeadSizeOf(head));
            count += await ReadAsync(rest, head.AsMemory(start), cancellation);
        }

        return StreamedKit.TryRead(head.AsSpan(0, count), out var kit, out var refusal)
            ? new KitInput(file, rest, kit)
            : throw Refusal(path, refusal);
    }

    private static ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellation) =>
        stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);

    private static CommandException Refusal(string path, DecodeRefusal refusal)
    {
        var name = OutputFile.IsStandard(path) ? "the input" : path;
        var what = refusal == DecodeRefusal.UnknownVersion
            ? "a kit of another version of this program"
            : $"not a message kit ({refusal})";
        return new CommandException(
            ExitCode.BadInput, $"{name} is {what}", "Give a file that nucypher encrypt has made, or its whole text.");
    }
}

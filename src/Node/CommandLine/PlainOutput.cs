using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Kits;
using NuCypher.P2P.Policy.Kits;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Writes what a kit holds, for its owner alone.</summary>
internal static class PlainOutput
{
    /// <summary>The name of a plaintext in a folder, from the name of its kit.</summary>
    public static string NameOf(string kit) =>
        Without(kit, ".kit.txt") ?? Without(kit, ".kit") ?? $"{kit}.plain";

    /// <summary>Decrypts what follows the head.</summary>
    /// <exception cref="CommandException">The kit is altered or cut; nothing was written.</exception>
    public static async Task<FileResult> WriteAsync(
        CommandContext context, FilePair pair, KitOpener opener, KitInput input, CancellationToken cancellation)
    {
        using var output = new OutputFile(pair.Output, Modes.Secret, context.Get(PolicyOptions.AsItComes));
        using var progress = new ByteProgress(context.Live, $"decrypting {pair.Input}", input.Rest);
        var (size, author) = await KitStream.OpenAsync(opener, input.Rest, output, progress.Report, cancellation);
        output.Commit();
        return new FileResult(pair, size, author is null ? null : Convert.ToHexStringLower(author.ToBytes()));
    }

    private static string? Without(string name, string end) =>
        name.Length > end.Length && name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : null;
}

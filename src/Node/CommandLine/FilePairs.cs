using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Which file becomes which: one to a file, or any number into a folder.</summary>
internal static class FilePairs
{
    /// <summary>What each input becomes.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="rename">The name of a result in a folder, from the name of its input.</param>
    /// <exception cref="CommandException">Several would become one file, or one has no name.</exception>
    public static IReadOnlyList<FilePair> Of(CommandContext context, Func<string, string> rename)
    {
        var (inputs, output) = (context.Get(PolicyOptions.Inputs), context.Get(PolicyOptions.Output));
        if (!OutputFile.IsFolder(output))
        {
            return inputs is [var only] ? [new FilePair(only, output)] : throw new CommandException(
                ExitCode.Usage, $"{inputs.Length} files can't become one", "Give with -o a folder that is there.");
        }

        if (Array.Exists(inputs, OutputFile.IsStandard)
            || Array.Exists(inputs, path => Path.GetFileName(path).Length == 0))
            throw new CommandException(
                ExitCode.Usage, "the standard input has no name for a file in a folder", "Give a file with -o.");
        FilePair[] pairs =
            [.. inputs.Select(path => new FilePair(path, Path.Combine(output, rename(Path.GetFileName(path)))))];
        var same =
            pairs.GroupBy(pair => pair.Output, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return same is null ? pairs : throw new CommandException(
            ExitCode.Usage, $"{string.Join(" and ", same.Select(pair => pair.Input))} would both become {same.Key}",
            "Give them one by one.");
    }

    /// <summary>Does something to every pair, whatever came of the others; gives those that it was done to.</summary>
    /// <exception cref="CommandException">The one that failed; of several the first, and which the others
    /// are.</exception>
    public static async Task<IReadOnlyList<T>> ForEachAsync<T>(
        CommandContext context, IReadOnlyList<FilePair> pairs, Func<FilePair, Task<T>> work)
    {
        var (done, failed) = (new List<T>(), new List<(FilePair Pair, CommandException Failure)>());
        foreach (var pair in pairs)
        {
            try
            {
                done.Add(await work(pair));
            }
            catch (Exception e) when (
                pairs.Count > 1 && e is CommandException or IOException or UnauthorizedAccessException)
            {
                var failure = CommandOutcome.Of(e, CancellationToken.None);
                failed.Add((pair, failure));
                context.Say($"{pair.Input}: {failure.Message}");
            }
        }

        if (failed is not [var (first, why), ..])
            return done;
        var others = failed.Count > 1 ? $"; and {failed.Count - 1} more of {pairs.Count}" : "";
        throw new CommandException(why.Code, $"{first.Input}: {why.Message}{others}", why.Remedy);
    }
}

using System.Text.RegularExpressions;
using NuCypher.P2P.Tests;

namespace NuCypher.P2P.Tidy.Tests;

/// <summary>A file of the repository's own C#.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Lines">As they stand.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    private static readonly Regex Type = new(
        @"^(?:public |internal |file |sealed |static |abstract |readonly |partial |ref |unsafe )*"
        + @"(?:class|record struct|record|struct|enum|interface|delegate \S+) (\w+)",
        RegexOptions.CultureInvariant);

    /// <summary>Every file under src, tests and bench.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
        [.. ((string[])["src", "tests", "bench"]).SelectMany(In).OrderBy(file => file.Path, StringComparer.Ordinal)];

    /// <summary>The part after src, tests or bench.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary>The folder below the project's, with all that is in it; empty for the root.</summary>
    public string Folder => Path.Split('/') is { Length: > 3 } parts ? parts[2] : "";

    /// <summary>The types that it declares outside of all others.</summary>
    public IEnumerable<string> Types =>
        Lines.Select(line => Type.Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    private static IEnumerable<SourceFile> In(string folder) => Directory
        .EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => new SourceFile(
            System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllLines(file)));
}

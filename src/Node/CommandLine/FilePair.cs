namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A file that is read, and what is made of it.</summary>
/// <param name="Input">A path, or - for the standard input.</param>
/// <param name="Output">A path, or - for the standard output.</param>
internal sealed record FilePair(string Input, string Output);

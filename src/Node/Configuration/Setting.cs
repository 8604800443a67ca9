namespace NuCypher.P2P.Node.Configuration;

/// <summary>One value that somebody wrote somewhere.</summary>
/// <param name="Path">The key, with dots.</param>
/// <param name="Text">The value as written.</param>
/// <param name="Where">For the message of an error: file and line, variable, or option.</param>
internal sealed record Setting(string Path, string Text, string Where);

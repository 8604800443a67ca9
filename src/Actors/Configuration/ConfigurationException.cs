namespace NuCypher.P2P.Actors.Configuration;

/// <summary>A configuration is malformed, or holds a key or value that nobody understands.</summary>
public sealed class ConfigurationException(string message, string origin, int line)
    : Exception(line > 0 ? FormattableString.Invariant($"{origin}({line}): {message}") : $"{origin}: {message}")
{
    /// <summary>The file, the environment variable, or the option of the command line.</summary>
    public string Origin => origin;

    /// <summary>The line in the file, from one; 0 where there is none.</summary>
    public int Line => line;
}

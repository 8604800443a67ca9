namespace NuCypher.P2P.ActorRuntime.Configuration;

/// <summary>Reads configuration files in a subset of HOCON, the format of Akka.</summary>
/// <remarks>
/// Objects, dotted and quoted keys, <c>=</c> and <c>:</c>, comments (<c>#</c>, <c>//</c>), strings (quoted, triple-quoted, unquoted), numbers,
/// booleans, lists, durations, sizes; of equal keys the later wins, objects are merged. <c>${?NAME}</c> is an environment variable: a value
/// that consists of missing ones only leaves its key as it was. Not in the subset: includes, <c>+=</c>, substitution of other keys.
/// </remarks>
public static class Hocon
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>How deep objects, lists and dotted keys may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text; any text, also hostile.</param>
    /// <param name="origin">The name of the file, for errors.</param>
    /// <param name="environment">The value of an environment variable; null if it is not set.</param>
    /// <exception cref="ConfigurationException">The text is malformed; the exception names the line.</exception>
    public static ConfigSection Parse(string text, string origin, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(environment);
        if (text.Length > MaxLength)
            throw new ConfigurationException(FormattableString.Invariant($"longer than {MaxLength} characters."), origin, 1);
        return new ConfigSection(string.Empty, new HoconReader(text, origin, environment).ReadDocument());
    }

    /// <summary>Reads a text whose environment is empty.</summary>
    /// <exception cref="ConfigurationException">The text is malformed; the exception names the line.</exception>
    public static ConfigSection Parse(string text, string origin) => Parse(text, origin, static _ => null);
}

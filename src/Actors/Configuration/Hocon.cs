using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace NuCypher.P2P.Actors.Configuration;

/// <summary>Reads configuration files in HOCON, the format of Akka, with Akka's parser.</summary>
/// <remarks>
/// Akka's parser knows no lines, takes what is not closed for closed and follows references without end. So a text is
/// looked through before: what is malformed, too long or too deep is refused with its line. Not read are
/// <c>include</c>, <c>+=</c> and substitutions <c>${…}</c>; of equal keys the later wins, blocks are merged.
/// </remarks>
public static class Hocon
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>How many keys and lists may stand in one another.</summary>
    public const int MaxDepth = 32;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text; any text, also hostile.</param>
    /// <param name="origin">The name of the file, for errors.</param>
    /// <exception cref="ConfigurationException">The text is malformed; the exception names the line.</exception>
    public static ConfigSection Parse(string text, string origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
            throw new ConfigurationException($"longer than {MaxLength:N0} characters.", origin, 1);
        var locator = new HoconLocator(text, origin);
        var root = ReadBlock(locator.Locate(), origin);
        return new ConfigSection(string.Empty, root, new ConfigSource(origin, locator.Lines));
    }

    /// <summary>Reads a value of one key: what begins like a list is one, all else is text as it stands.</summary>
    /// <exception cref="ConfigurationException">A list is malformed.</exception>
    internal static IHoconElement ParseValue(string text, string origin)
    {
        if (!text.StartsWith('['))
            return new HoconLiteral { Value = text };
        var block = ReadBlock(new HoconLocator($"list = {text}", origin).Locate(), origin);
        return block.GetKey("list").AsList()!; // it begins like one
    }

    // Whatever Akka's parser throws is the text's fault.
    private static HoconObject ReadBlock(string text, string origin)
    {
        try
        {
            return ConfigurationFactory.ParseString(text).Root.GetObject();
        }
        catch (Exception e)
        {
            throw new ConfigurationException($"can't be read: {e.Message}", origin, 0);
        }
    }
}

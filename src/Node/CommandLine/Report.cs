using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A command's result as names and values: the same ones in words and as JSON.</summary>
internal static class Report
{
    /// <summary>Says the properties of an anonymous object, in order; a null is left out in words.</summary>
    public static void Write(CommandContext context, object result) =>
        context.Write(result, output => WriteWords(output, result));

    /// <summary>The same in words alone: a time in UTC to the second, a list with blanks between.</summary>
    public static void WriteWords(TextWriter output, object result)
    {
        foreach (var property in result.GetType().GetProperties())
        {
            if (Text(property.GetValue(result)) is { Length: > 0 } value)
                output.WriteLine($"{InWords(property.Name),-15} {Printable.Of(value)}");
        }
    }

    /// <summary>One object for scripts, with the properties of both.</summary>
    public static JsonObject Join(object one, object other)
    {
        // an object is no null
        var joined = JsonSerializer.SerializeToNode(one, CommandContext.JsonOptions)!.AsObject();
        foreach (
            var (name, value) in JsonSerializer.SerializeToNode(other, CommandContext.JsonOptions)!.AsObject().ToList())
            joined[name] = value?.DeepClone();
        return joined;
    }

    private static string? Text(object? value) => value switch
    {
        true => "yes",
        false => "no",
        DateTimeOffset time => GrantReport.Time(time),
        IEnumerable<string> list => string.Join(' ', list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string InWords(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
            words.Append(char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c);
        return words.ToString();
    }
}

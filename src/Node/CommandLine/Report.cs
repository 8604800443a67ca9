using System.Globalization;
using System.Text;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A command's result as names and values: the same ones in words and as JSON.</summary>
internal static class Report
{
    /// <summary>Says the properties of an anonymous object, in order; a null is left out in words.</summary>
    public static void Write(CommandContext context, object result) => context.Write(result, output =>
    {
        foreach (var property in result.GetType().GetProperties())
        {
            if (Text(property.GetValue(result)) is { Length: > 0 } value)
                output.WriteLine($"{InWords(property.Name),-15} {Printable.Of(value)}");
        }
    });

    private static string? Text(object? value) => value switch
    {
        true => "yes",
        false => "no",
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

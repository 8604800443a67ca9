using System.CommandLine;
using System.Globalization;
using System.Text;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>Keys and values of plain Kademlia swarms on the command line.</summary>
internal static class PlainOptions
{
    /// <summary>The application's key; the swarm's is its SHA-1.</summary>
    public static Argument<string> Key { get; } = new("KEY") { Description = "The key, as the application writes it." };

    /// <summary>How a value is read and shown.</summary>
    public static Option<string> Type { get; } = MakeType();

    /// <summary>The swarm's key.</summary>
    public static NodeId KeyOf(CommandContext context) => NodeId.FromPlainKey(Encoding.UTF8.GetBytes(context.Get(Key)));

    /// <summary>The value of a text.</summary>
    /// <exception cref="CommandException">It is not of the type.</exception>
    public static PlainValue ValueOf(CommandContext context, string text) => context.Get(Type) switch
    {
        "int" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? PlainValue.FromInteger(number)
            : throw new CommandException(
                ExitCode.BadInput, $"{text} is no 64-bit integer", "Give --type str or bytes."),
        "bytes" => PlainValue.FromBytes(BytesOf(text)),
        _ => PlainValue.FromText(text),
    };

    private static byte[] BytesOf(string text)
    {
        var bytes = new byte[text.Length / 2];
        var isHex = text.Length % 2 == 0
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        return isHex
            ? bytes
            : throw new CommandException(ExitCode.BadInput, $"{text} is not hexadecimal", "Give two digits a byte.");
    }

    private static Option<string> MakeType()
    {
        var option = new Option<string>("--type")
        {
            Description = "What the value is; bytes are hexadecimal.",
            DefaultValueFactory = _ => "str",
        };
        option.AcceptOnlyFromAmong("str", "bytes", "int");
        return option;
    }
}

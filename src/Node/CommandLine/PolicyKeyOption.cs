using System.Buffers;
using System.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A policy's public key on the command line.</summary>
internal static class PolicyKeyOption
{
    /// <summary>66 hexadecimal digits.</summary>
    public static Option<string?> Option { get; } = new("--policy-key")
    {
        Description = "The policy's public key, 66 hexadecimal digits, instead of --label; then no identity is needed.",
        HelpName = "HEX",
    };

    /// <summary>The key of this command line; null if there is none.</summary>
    /// <exception cref="CommandException">It is no key.</exception>
    public static PublicKey? Of(CommandContext context) => context.Get(Option) is { } hex ? KeyOf(hex) : null;

    /// <summary>The digits of a key.</summary>
    public static string Format(PublicKey key) => Convert.ToHexStringLower(key.ToBytes());

    private static PublicKey KeyOf(string hex)
    {
        var bytes = new byte[PublicKey.Size];
        var read = hex.Length == 2 * bytes.Length
            && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
        return read && PublicKey.TryRead(bytes, out var key)
            ? key
            : throw new CommandException(
                ExitCode.BadInput, "--policy-key is not a key", "Copy the 66 digits that Alice's policy-key printed.");
    }
}

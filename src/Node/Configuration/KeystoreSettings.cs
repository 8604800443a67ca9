using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>The cost of a new keystore's password; an old keystore says its own.</summary>
internal sealed record KeystoreSettings
{
    /// <summary>log2 of scrypt's N, 10 to 20; 17: 128 MiB a guess, OWASP's first choice.</summary>
    public byte ScryptLogRounds { get; init; } = 17;

    /// <summary>The cost as scrypt knows it.</summary>
    /// <exception cref="CommandException">Too little or too much.</exception>
    public ScryptCost Cost()
    {
        var cost = ScryptCost.Default with { LogRounds = ScryptLogRounds };
        return cost.IsAcceptable
            ? cost
            : throw new CommandException(
                ExitCode.Configuration, $"nucypher.keystore.scrypt-log-rounds can't be {ScryptLogRounds}",
                "Choose 10 to 20.");
    }
}

using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Accounts;

/// <summary>What somebody has. Its id is the node's: the hash of the verifying key.</summary>
/// <param name="Balance">Units that can be spent.</param>
/// <param name="Nonce">The nonce of the next transaction.</param>
/// <param name="Allowances">How many others may spend from it.</param>
/// <param name="Deals">For how many policies it pays.</param>
public sealed record Account(UInt128 Balance, ulong Nonce, uint Allowances, uint Deals) : IMerkleValue
{
    /// <summary>The most others who may spend from one account.</summary>
    public const int MaxAllowances = 16;

    /// <summary>The most policies for which one account pays.</summary>
    public const int MaxDeals = 1_000;

    /// <summary>An account of which nothing is known.</summary>
    public static Account None { get; } = new(0, 0, 0, 0);

    /// <inheritdoc/>
    public void Write(FieldWriter writer) =>
        writer.Amount(Balance).Number(Nonce).FourByteNumber(Allowances).FourByteNumber(Deals);
}

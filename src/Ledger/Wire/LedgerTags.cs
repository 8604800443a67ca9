namespace NuCypher.P2P.Ledger.Wire;

/// <summary>What separates the hashes of the ledger from each other and from all others of the project.</summary>
internal static class LedgerTags
{
    public const string Chain = "NuCypher.P2P/ledger-chain";
    public const string State = "NuCypher.P2P/ledger-state";
    public const string Value = "NuCypher.P2P/ledger-value";
    public const string Allowance = "NuCypher.P2P/ledger-allowance";
    public const string Deal = "NuCypher.P2P/ledger-deal";
    public const string Case = "NuCypher.P2P/ledger-case";
    public const string Weights = "NuCypher.P2P/ledger-weights";
    public const string Receipt = "NuCypher.P2P/ledger-receipt";
    public const string Secret = "NuCypher.P2P/ledger-secret";
    public const string Vote = "NuCypher.P2P/ledger-vote";
    public const string Beacon = "NuCypher.P2P/ledger-beacon";
    public const string Target = "NuCypher.P2P/ledger-target";
    public const string Validator = "NuCypher.P2P/ledger-validator";
    public const string Draw = "NuCypher.P2P/ledger-draw";
    public const string Stakes = "NuCypher.P2P/ledger-stakes";
}

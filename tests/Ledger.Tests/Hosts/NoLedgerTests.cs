using NuCypher.P2P.Ledger.Hosts;

namespace NuCypher.P2P.Ledger.Tests.Hosts;

public sealed class NoLedgerTests : LedgerContract
{
    private protected override ILedger Ledger { get; } = new NoLedger();
}

using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Demo.Ledger;

/// <summary>Somebody with an account in the demonstration of the ledger.</summary>
internal sealed class LedgerPerson(string name, RandomSource random) : IDisposable
{
    /// <summary>For the narration.</summary>
    public string Name => name;

    /// <summary>All keys.</summary>
    public Identity Keys { get; } = Identity.Random(random);

    /// <summary>The account.</summary>
    public NodeId Id => Keys.Id;

    /// <inheritdoc/>
    public void Dispose() => Keys.Dispose();
}

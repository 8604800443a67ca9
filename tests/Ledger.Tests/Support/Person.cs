using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Ledger.Tests.Support;

/// <summary>Somebody with an account.</summary>
internal sealed class Person(int seed)
{
    public Identity Keys { get; } = Identity.Random(new SeededRandom(seed));

    public NodeId Id => Keys.Id;
}

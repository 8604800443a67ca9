namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>Begins a <see cref="MerkleMap{TValue}"/>.</summary>
public static class MerkleMap
{
    /// <summary>A map without anything in it.</summary>
    public static MerkleMap<TValue> Empty<TValue>()
        where TValue : class, IMerkleValue => MerkleMap<TValue>.None;
}

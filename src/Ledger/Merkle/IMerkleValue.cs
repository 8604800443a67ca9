using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Merkle;

/// <summary>What a <see cref="MerkleMap{TValue}"/> keeps: it can say all that it is in bytes.</summary>
public interface IMerkleValue
{
    /// <summary>Appends every field; equal values append equal bytes.</summary>
    void Write(FieldWriter writer);
}

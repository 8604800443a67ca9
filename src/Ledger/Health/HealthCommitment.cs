using System.Buffers.Binary;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Health;

/// <summary>
/// What a validator publishes before what it knows: nobody can copy another's word, and nobody can change his own.
/// </summary>
public static class HealthCommitment
{
    /// <summary>Bytes of a secret for the beacon.</summary>
    public const int SecretSize = 32;

    /// <summary>The fewest bytes of a vote's salt: 128 bits can't be tried out.</summary>
    public const int MinSalt = 16;

    /// <summary>The most.</summary>
    public const int MaxSalt = 64;

    /// <summary>The commitment to a secret for the beacon of a round.</summary>
    public static Digest ToSecret(ulong round, NodeId validator, ReadOnlySpan<byte> secret) =>
        DomainHash.Compute(LedgerTags.Secret, Bytes(round), validator.ToBytes(), secret.ToArray());

    /// <summary>The commitment to a vote.</summary>
    public static Digest ToVote(
        ulong round, NodeId validator, NodeId target, bool isUnhealthy, ReadOnlySpan<byte> salt) =>
        DomainHash.Compute(
            LedgerTags.Vote, Bytes(round), validator.ToBytes(), target.ToBytes(), [isUnhealthy ? (byte)1 : (byte)0],
            salt.ToArray());

    /// <summary>
    /// The beacon: a hash over the block in which the round began and the secrets, in the order of the validators.
    /// </summary>
    public static Digest Beacon(ulong round, Digest block, IEnumerable<byte[]> secrets) =>
        DomainHash.Compute(LedgerTags.Beacon, [Bytes(round), block.ToBytes(), .. secrets]);

    private static byte[] Bytes(ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}

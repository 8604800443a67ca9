using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Records;

/// <summary>
/// What Alice tells Bob alone: which Ursulas hold the kfrags of a policy, and how many of them he needs.
/// </summary>
/// <remarks>
/// It carries node ids, never kfrags. What Bob holds of it was signed by Alice twice: inside, and as a record.
/// </remarks>
/// <param name="Threshold">How many Ursulas Bob needs: 1 to their number.</param>
/// <param name="KeyFragVersion">The version of the deposits; kfrags of different versions don't fit together.</param>
/// <param name="Validity">The time in which the Ursulas serve.</param>
/// <param name="PolicyKey">What the policy's messages are encrypted with.</param>
/// <param name="Ursulas">1 to <see cref="MaxUrsulas"/> different node ids.</param>
public sealed record TreasureMap(
    int Threshold, PolicyVersion KeyFragVersion, Validity Validity, PublicKey PolicyKey, IReadOnlyList<NodeId> Ursulas)
{
    /// <summary>
    /// The most Ursulas of a policy: with 32 of them a record is 966 bytes long, and must fit a datagram.
    /// </summary>
    public const int MaxUrsulas = 32;

    internal const int MaxSize = 59 + (MaxUrsulas * NodeId.Size) + Signature.Size;

    /// <summary>The key of the key space under which the map of a policy is published.</summary>
    public static NodeId KeyOf(VerifyingKey alice, Hrac hrac) =>
        SignedRecord.KeyOf(RecordKind.TreasureMap, alice.ToBytes(), hrac.Value.ToBytes());

    /// <summary>Seals the map to Bob and makes the signed record to publish. Its life ends with the policy's.</summary>
    /// <param name="alice">Signs inside and outside.</param>
    /// <param name="bob">Who can open it.</param>
    /// <param name="hrac">Under which Bob looks for it.</param>
    /// <param name="version">Higher than that of every map published before for this policy.</param>
    /// <param name="random">For the seal and the signatures.</param>
    /// <exception cref="ArgumentException">Threshold or number of Ursulas out of range.</exception>
    public SignedRecord ToRecord(
        Signer alice, BobCard bob, Hrac hrac, PolicyVersion version, RandomSource random)
    {
        if (Ursulas.Count is < 1 or > MaxUrsulas || Threshold < 1 || Threshold > Ursulas.Count)
            throw new ArgumentException("A map has 1 to 32 Ursulas, and a threshold of 1 to their number.");
        var body = EncryptedTreasureMap.Seal(this, alice, bob.EncryptingKey, hrac, random);
        return SignedRecord.Create(
            RecordKind.TreasureMap, alice.VerifyingKey.ToBytes(), hrac.Value.ToBytes(), version.ToSequence(),
            Validity.NotAfter, body, RecordSignatures.By(alice, random));
    }

    internal static TreasureMap? Read(ref FieldReader reader)
    {
        var threshold = reader.Count(1, MaxUrsulas);
        var (version, validity, key) = (reader.Version(), reader.Validity(), reader.PublicKey());
        var ursulas = new NodeId[reader.Count(threshold, MaxUrsulas)];
        for (var i = 0; i < ursulas.Length; i++)
            ursulas[i] = reader.NodeId();
        return key is null || ursulas.Distinct().Count() != ursulas.Length
            ? null
            : new(threshold, version, validity, key, ursulas);
    }

    internal void Write(FieldWriter writer)
    {
        writer.Count(Threshold).Version(KeyFragVersion).Validity(Validity).Key(PolicyKey).Count(Ursulas.Count);
        foreach (var ursula in Ursulas)
            writer.NodeId(ursula);
    }
}

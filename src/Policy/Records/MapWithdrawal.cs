using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Records;

/// <summary>
/// What takes the place of a treasure map that Alice took back, until no copy of the map is kept any more.
/// </summary>
/// <remarks>
/// A record under the map's key whose body is the header <c>MpWd</c> alone. Its sequence is higher than the map's, so
/// that holders keep it instead, and refuse a copy of the map that comes back from one who was away. It says to
/// everybody what the policy's Ursulas tell Bob alone: that it was revoked.
/// </remarks>
public static class MapWithdrawal
{
    private static readonly ProtocolHeader Header = ProtocolHeader.Of("MpWd");

    /// <summary>Makes the signed record to publish.</summary>
    /// <param name="alice">Who published the map.</param>
    /// <param name="hrac">The policy's name.</param>
    /// <param name="version">Higher than that of every map published before for this policy.</param>
    /// <param name="notAfter">Not before the end of any of them.</param>
    /// <param name="random">For the signature.</param>
    public static SignedRecord ToRecord(
        Signer alice, Hrac hrac, PolicyVersion version, DateTimeOffset notAfter, RandomSource random) =>
        SignedRecord.Create(
            RecordKind.TreasureMap, alice.VerifyingKey.ToBytes(), hrac.Value.ToBytes(), version.ToSequence(), notAfter,
            new FieldWriter(Header).ToArray(), RecordSignatures.By(alice, random));

    /// <summary>Whether a record says that the map under its key was taken back.</summary>
    public static bool Is(VerifiedRecord record) =>
        record.Kind == RecordKind.TreasureMap && Header.Check(record.Body.Span, out var isNewer) == DecodeRefusal.None
        && (isNewer || record.Body.Length == ProtocolHeader.Size);
}

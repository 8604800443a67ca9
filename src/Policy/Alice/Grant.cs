using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>
/// What Alice remembers of one grant: enough to list, renew and revoke it later, from another process.
/// </summary>
/// <param name="Label">What she shares.</param>
/// <param name="Bob">With whom.</param>
/// <param name="Hrac">The policy's name.</param>
/// <param name="KeyFragVersion">The version of the deposits.</param>
/// <param name="LastVersion">The version of her last order about it.</param>
/// <param name="Threshold">How many Ursulas Bob needs.</param>
/// <param name="Shares">How many kfrags there are.</param>
/// <param name="Validity">When Bob may read.</param>
/// <param name="PolicyKey">What messages under this label are encrypted with.</param>
/// <param name="Holders">Who holds, or may hold, which kfrag.</param>
/// <param name="MapRecord">The treasure map's signed record, to be republished while the policy lives; empty while it
/// is unfinished.</param>
/// <param name="IsRevoking">Whether Alice ordered the revocation.</param>
/// <param name="Revoked">The Ursulas that confirmed the revocation.</param>
/// <param name="ServedUntil">
/// The latest end that any Ursula may keep to: what was ordered is what may be in force, whatever receipts came back.
/// </param>
/// <param name="Former">What earlier grants of this name left behind; orders go to their holders too.</param>
public sealed record Grant(
    PolicyLabel Label,
    BobCard Bob,
    Hrac Hrac,
    PolicyVersion KeyFragVersion,
    PolicyVersion LastVersion,
    int Threshold,
    int Shares,
    Validity Validity,
    PublicKey PolicyKey,
    IReadOnlyList<KeyFragHolder> Holders,
    ReadOnlyMemory<byte> MapRecord,
    bool IsRevoking,
    IReadOnlyList<NodeId> Revoked,
    DateTimeOffset ServedUntil,
    IReadOnlyList<FormerGrant> Former)
{
    /// <summary>
    /// When within the validity, and on what condition, as a threshold confirmed last; null if that is not known,
    /// because a treasure map doesn't say it.
    /// </summary>
    public PolicyRules? Rules { get; init; } = PolicyRules.None;

    /// <summary>The most earlier grants of a name that may be unrevoked; 8.</summary>
    public const int MaxFormer = 8;

    /// <summary>The most holders: each share with its replacements.</summary>
    public const int MaxHolders = 255;

    /// <summary>
    /// How many shares are gone for certain: each of their holders confirmed it, or nobody was sent them.
    /// </summary>
    public int SharesGone => KeyFragHolder.SharesGone(Holders, Shares, Revoked);

    /// <summary>
    /// Whether so many shares, of earlier grants too, are gone that the rest is below the threshold: n − m + 1.
    /// </summary>
    public bool IsRevoked =>
        IsRevoking && SharesGone > Shares - Threshold && Former.All(former => former.IsGone(Revoked));

    /// <summary>Whether somebody who may still serve it has not confirmed the revocation that Alice ordered.</summary>
    public bool IsRevocationOpen(DateTimeOffset now) => IsRevoking && now < ServedUntil
        && Suspects.Except(Revoked).Any();

    /// <summary>Whether all kfrags were deposited and the treasure map was made.</summary>
    public bool IsFinished => !MapRecord.IsEmpty;

    /// <summary>
    /// What is published in the place of the treasure map once the revocation is ordered, until every map of this name
    /// is over; null if there is no map, or none any more.
    /// </summary>
    public SignedRecord? Withdrawal(Signer alice, DateTimeOffset now, RandomSource random) =>
        IsRevoking && IsFinished && now < LatestEnd
            ? MapWithdrawal.ToRecord(alice, Hrac, LastVersion, LatestEnd, random)
            : null;

    /// <summary>Where the grant is in its life.</summary>
    public GrantStatus StatusAt(DateTimeOffset now) =>
        IsRevoked ? GrantStatus.Revoked
        : now >= ServedUntil ? GrantStatus.Expired
        : IsRevoking ? GrantStatus.Revoking
        : !IsFinished ? GrantStatus.Unfinished
        : now < Validity.NotBefore ? GrantStatus.NotYet
        : GrantStatus.Active;

    /// <summary>Whether a renewal may set this end with these rules: it is to come, and after the start.</summary>
    public bool CanEndAt(DateTimeOffset notAfter, PolicyRules rules, DateTimeOffset now)
    {
        var renewed = Validity with { NotAfter = notAfter };
        return renewed.CanBegin && rules.EndWithin(renewed) > now;
    }

    /// <summary>
    /// Whether an order that these Ursulas confirmed is the one that counts: those that may not know it hold fewer
    /// shares than a threshold.
    /// </summary>
    public bool IsSettledBy(IReadOnlyCollection<NodeId> confirmed) =>
        KeyFragHolder.SharesGone(Holders, Shares, confirmed) > Shares - Threshold;

    // Of the map, and of whatever was published or ordered before under this name.
    private DateTimeOffset LatestEnd => Former.Select(former => former.ServedUntil).Append(ServedUntil)
        .Append(Validity.NotAfter).Max();

    /// <summary>Everybody who may hold a kfrag of this grant or an earlier one, each once.</summary>
    internal IEnumerable<NodeId> Suspects =>
        Holders.Concat(Former.SelectMany(former => former.Holders)).Select(holder => holder.Ursula).Distinct();

    /// <summary>
    /// What Alice can tell of a grant from its treasure map alone; null if it is not hers to this Bob under this label.
    /// </summary>
    /// <remarks>
    /// Ursulas that were sent a kfrag but never confirmed it are not in a map, nor are those of earlier grants.
    /// </remarks>
    public static Grant? OfMap(Identity alice, BobCard bob, PolicyLabel label, VerifiedRecord record)
    {
        var hrac = alice.HracFor(bob, label);
        if (record.Key != TreasureMap.KeyOf(alice.VerifyingKey, hrac) || record.Sequence > PolicyVersion.Max
            || !EncryptedTreasureMap.TryRead(record, out var sealedMap, out _)
            || !sealedMap.TryOpen(alice.Signer, bob.EncryptingKey, out var map, out _)
            || !map.PolicyKey.Equals(alice.PolicyKey(label)))
            return null;
        KeyFragHolder[] holders =
            [.. map.Ursulas.Select((ursula, share) => new KeyFragHolder(ursula, share, IsConfirmed: true))];
        return new Grant(
            label, bob, hrac, map.KeyFragVersion, new PolicyVersion(record.Sequence), map.Threshold, holders.Length,
            map.Validity, map.PolicyKey,
            holders, record.Bytes, IsRevoking: false, [], map.Validity.NotAfter, [])
        {
            Rules = null,
        };
    }

    /// <summary>
    /// What a new grant of this name must still be able to revoke. By receipts only: Alice's clock may be wrong.
    /// </summary>
    internal IReadOnlyList<FormerGrant> LeftOver()
    {
        FormerGrant[] left =
        [
            .. Former.Append(new FormerGrant(KeyFragVersion, Threshold, Shares, ServedUntil, Holders))
                .Select(former => former.Without(Revoked)).Where(former => former.Holders.Count > 0),
        ];

        // What is below its threshold serves nobody.
        return left.Length <= MaxFormer ? left : [.. left.Where(former => !former.IsGone([]))];
    }

    internal static Grant? Read(ref FieldReader reader)
    {
        var labelRead = PolicyLabel.TryRead(reader.Prefixed(PolicyLabel.MaxSize), out var label);
        var (bobVerifying, bobEncrypting, hrac) =
            (reader.VerifyingKey(), reader.PublicKey(), new Hrac(reader.Digest()));
        var (version, last) = (reader.Version(), reader.Version());
        var (threshold, shares) = (reader.Count(1, 255), reader.Count(1, 255));
        var (validity, policyKey) = (reader.Validity(), reader.PublicKey());
        var holders = KeyFragHolder.ReadAll(ref reader);
        var map = reader.Prefixed(SignedRecord.MaxSize).ToArray();
        var (revoking, revoked) = (reader.Byte() != 0, ReadRevoked(ref reader));
        var (servedUntil, former) = (reader.Time(), ReadFormer(ref reader));
        var isKnown = reader.Count(0, 1) == 1;
        var areRules = PolicyRules.TryRead(reader.Prefixed(PolicyRules.MaxSize), out var rules);
        return !labelRead || bobVerifying is null || bobEncrypting is null || policyKey is null || !areRules
            ? null
            : new(label!, new(bobVerifying, bobEncrypting), hrac, version, last, threshold, shares, validity, policyKey,
                holders, map, revoking, revoked, servedUntil, former)
            {
                Rules = isKnown ? rules : null,
            };
    }

    internal void Write(FieldWriter writer)
    {
        writer.Prefixed(Label.ToBytes()).Key(Bob.VerifyingKey).Key(Bob.EncryptingKey).Digest(Hrac.Value)
            .Version(KeyFragVersion)
                .Version(LastVersion).Count(Threshold).Count(Shares).Validity(Validity).Key(PolicyKey);
        KeyFragHolder.WriteAll(Holders, writer);
        writer.Prefixed(MapRecord.Span).Byte(IsRevoking ? (byte)1 : (byte)0).Count(Revoked.Count);
        foreach (var ursula in Revoked)
            writer.NodeId(ursula);
        writer.Time(ServedUntil).Count(Former.Count);
        foreach (var former in Former)
            former.Write(writer);
        writer.Count(Rules is null ? 0 : 1).Prefixed(Rules?.ToBytes());
    }

    private static FormerGrant[] ReadFormer(ref FieldReader reader)
    {
        var former = new FormerGrant[reader.Byte()];
        for (var i = 0; i < former.Length; i++)
            former[i] = FormerGrant.Read(ref reader);
        return former;
    }

    private static NodeId[] ReadRevoked(ref FieldReader reader)
    {
        var ursulas = new NodeId[reader.Byte()];
        for (var i = 0; i < ursulas.Length; i++)
            ursulas[i] = reader.NodeId();
        return ursulas;
    }
}

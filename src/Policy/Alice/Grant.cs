using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>What Alice remembers of one grant: enough to list, renew and revoke it later, from another process.</summary>
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
/// <param name="MapRecord">The treasure map's signed record, to be republished while the policy lives.</param>
/// <param name="IsRevoking">Whether Alice ordered the revocation.</param>
/// <param name="Revoked">The Ursulas that confirmed the revocation.</param>
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
    IReadOnlyList<NodeId> Revoked)
{
    /// <summary>The most holders: each share with its replacements.</summary>
    public const int MaxHolders = 255;

    /// <summary>How many shares are gone for certain: each of their holders confirmed it.</summary>
    public int SharesGone => Holders.GroupBy(h => h.Share).Count(share => share.All(h => Revoked.Contains(h.Ursula)));

    /// <summary>Whether so many shares are gone that the rest is below the threshold: n − m + 1.</summary>
    public bool IsRevoked => IsRevoking && SharesGone > Shares - Threshold;

    /// <summary>Where the grant is in its life.</summary>
    public GrantStatus StatusAt(DateTimeOffset now) =>
        IsRevoked ? GrantStatus.Revoked
        : Validity.IsOver(now) ? GrantStatus.Expired
        : IsRevoking ? GrantStatus.Revoking
        : now < Validity.NotBefore ? GrantStatus.NotYet
        : GrantStatus.Active;

    /// <summary>Whether a renewal may set this end: it is to come, and after the start.</summary>
    public bool CanEndAt(DateTimeOffset notAfter, DateTimeOffset now)
    {
        var renewed = Validity with { NotAfter = notAfter };
        return renewed.CanBegin && !renewed.IsOver(now);
    }

    internal static Grant? Read(ref FieldReader reader)
    {
        var labelRead = PolicyLabel.TryRead(reader.Prefixed(PolicyLabel.MaxSize), out var label);
        var (bobVerifying, bobEncrypting, hrac) = (reader.VerifyingKey(), reader.PublicKey(), new Hrac(reader.Digest()));
        var (version, last) = (reader.Version(), reader.Version());
        var (threshold, shares) = (reader.Count(1, 255), reader.Count(1, 255));
        var (validity, policyKey) = (reader.Validity(), reader.PublicKey());
        var holders = ReadHolders(ref reader);
        var map = reader.Prefixed(SignedRecord.MaxSize).ToArray();
        var (revoking, revoked) = (reader.Byte() != 0, ReadRevoked(ref reader));
        return !labelRead || bobVerifying is null || bobEncrypting is null || policyKey is null
            ? null
            : new(label!, new(bobVerifying, bobEncrypting), hrac, version, last, threshold, shares, validity, policyKey,
                holders, map, revoking, revoked);
    }

    internal void Write(FieldWriter writer)
    {
        writer.Prefixed(Label.ToBytes()).Key(Bob.VerifyingKey).Key(Bob.EncryptingKey).Digest(Hrac.Value)
            .Version(KeyFragVersion).Version(LastVersion).Count(Threshold).Count(Shares).Validity(Validity).Key(PolicyKey)
            .Count(Holders.Count);
        foreach (var holder in Holders)
            writer.NodeId(holder.Ursula).Count(holder.Share).Byte(holder.IsConfirmed ? (byte)1 : (byte)0);
        writer.Prefixed(MapRecord.Span).Byte(IsRevoking ? (byte)1 : (byte)0).Count(Revoked.Count);
        foreach (var ursula in Revoked)
            writer.NodeId(ursula);
    }

    private static KeyFragHolder[] ReadHolders(ref FieldReader reader)
    {
        var holders = new KeyFragHolder[reader.Byte()];
        for (var i = 0; i < holders.Length; i++)
            holders[i] = new(reader.NodeId(), reader.Byte(), reader.Byte() != 0);
        return holders;
    }

    private static NodeId[] ReadRevoked(ref FieldReader reader)
    {
        var ursulas = new NodeId[reader.Byte()];
        for (var i = 0; i < ursulas.Length; i++)
            ursulas[i] = reader.NodeId();
        return ursulas;
    }
}

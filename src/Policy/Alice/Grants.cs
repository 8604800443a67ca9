using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>All that Alice granted: listed, renewed and revoked from here, also after a restart.</summary>
/// <remarks>
/// Decide and apply: the <c>Decide</c> methods change nothing; <see cref="Apply"/> takes events that were persisted,
/// and can't fail. Pure: no I/O, no clock, no entropy of its own. The versions of a hrac only grow, over revocations
/// too.
/// </remarks>
/// <param name="maxGrants">The most grants that are kept, revoked and expired ones included.</param>
public sealed class Grants(int maxGrants = Grants.DefaultMaxGrants)
{
    /// <summary>The most grants by default: about 200 MB.</summary>
    public const int DefaultMaxGrants = 100_000;

    private readonly Dictionary<Hrac, Grant> _grants = [];

    /// <summary>All grants, ordered by label, then by hrac.</summary>
    public IReadOnlyList<Grant> All =>
        [.. _grants.Values.OrderBy(g => g.Label.Text, StringComparer.Ordinal).ThenBy(
            g => g.Hrac.ToString(), StringComparer.Ordinal)];

    /// <summary>How many there are.</summary>
    public int Count => _grants.Count;

    /// <summary>The grant of this name, or null.</summary>
    public Grant? Find(Hrac hrac) => _grants.GetValueOrDefault(hrac);

    /// <summary>Decides whether a new grant may be started; no events.</summary>
    public GrantDecision DecideStart(Hrac hrac, DateTimeOffset now)
    {
        if (_grants.TryGetValue(hrac, out var known))
        {
            if (known.IsFinished && !known.IsRevoking && !known.Validity.IsOver(now))
                return GrantDecision.Refuse(GrantRefusal.InForce);
            return known.LeftOver().Count <= Grant.MaxFormer
                ? GrantDecision.Accept()
                : GrantDecision.Refuse(GrantRefusal.Full);
        }

        return _grants.Count < maxGrants ? GrantDecision.Accept() : GrantDecision.Refuse(GrantRefusal.Full);
    }

    /// <summary>Decides on kfrags that a session is about to send.</summary>
    public GrantDecision DecideBegun(DepositsPlanned planned) =>
        _grants.ContainsKey(planned.Grant.Hrac) || _grants.Count < maxGrants
            ? GrantDecision.Accept(new GrantBegun(planned.Grant))
            : GrantDecision.Refuse(GrantRefusal.Full);

    /// <summary>
    /// Decides on a grant that came to nothing: what was sent of it is to be revoked, what was not leaves no event.
    /// </summary>
    public GrantDecision DecideFailed(GrantFailed failed) =>
        Find(failed.Hrac) is { IsFinished: false, IsRevoking: false }
            ? GrantDecision.Accept(new OrderIssued(failed.Hrac, failed.Version, null))
            : GrantDecision.Accept();

    /// <summary>Decides on a grant that a session made.</summary>
    public GrantDecision DecideMade(GrantFinished finished) =>
        _grants.ContainsKey(finished.Grant.Hrac) || _grants.Count < maxGrants
            ? GrantDecision.Accept(new GrantMade(finished.Grant))
            : GrantDecision.Refuse(GrantRefusal.Full);

    /// <summary>
    /// Decides on a grant that was found in the network by its treasure map; one that is known already makes no event.
    /// </summary>
    public GrantDecision DecideFound(Grant found) =>
        _grants.ContainsKey(found.Hrac) ? GrantDecision.Accept()
        : _grants.Count < maxGrants ? GrantDecision.Accept(new GrantMade(found))
        : GrantDecision.Refuse(GrantRefusal.Full);

    /// <summary>Decides whether a renewal may be ordered.</summary>
    public GrantDecision DecideRenewal(Hrac hrac, Validity validity, PolicyVersion version, DateTimeOffset now)
    {
        if (Find(hrac) is not { IsFinished: true } grant)
            return GrantDecision.Refuse(GrantRefusal.Unknown);
        if (grant.IsRevoking)
            return GrantDecision.Refuse(GrantRefusal.Revoked);
        return now >= grant.ServedUntil
            ? GrantDecision.Refuse(GrantRefusal.Expired)
            : GrantDecision.Accept(new OrderIssued(hrac, version, validity.InMilliseconds()));
    }

    /// <summary>
    /// Decides what came of a renewal: a threshold of receipts makes the new time good, and a new treasure map.
    /// </summary>
    public GrantDecision DecideRenewed(Hrac hrac, OrderFinished finished, Signer alice, RandomSource random)
    {
        if (Find(hrac) is not { } grant || finished.Validity is not { } validity)
            return GrantDecision.Refuse(GrantRefusal.Unknown);
        if (grant.IsRevoking)
            return GrantDecision.Refuse(GrantRefusal.Revoked);
        NodeId[] confirmed = [.. finished.Receipts.Select(r => r.Ursula).Distinct()
            .Where(id => grant.Holders.Any(h => h.IsConfirmed && h.Ursula == id))];
        if (confirmed.Length < grant.Threshold)
            return GrantDecision.Refuse(GrantRefusal.TooFewReceipts);
        var record = MapOf(grant, validity).ToRecord(alice, grant.Bob, grant.Hrac, finished.Version, random);
        return GrantDecision.Accept(new GrantRenewed(
            hrac, finished.Version, validity, ServedUntil(grant, validity, confirmed), record.Bytes)
        {
            Rules = finished.Rules,
        });
    }

    /// <summary>
    /// Decides whether a revocation may be ordered: again, as often as it takes, and whatever the clock shows.
    /// </summary>
    public GrantDecision DecideRevocation(Hrac hrac, PolicyVersion version) => Find(hrac) is null
        ? GrantDecision.Refuse(GrantRefusal.Unknown)
        : GrantDecision.Accept(new OrderIssued(hrac, version, null));

    /// <summary>Decides on an Ursula's receipt for a revocation; a second one of hers makes no event.</summary>
    public GrantDecision DecideReceipt(Hrac hrac, OrderReceipt receipt)
    {
        if (Find(hrac) is not { } grant || !grant.IsRevoking)
            return GrantDecision.Refuse(GrantRefusal.Unknown);
        var isNew = grant.Suspects.Contains(receipt.Ursula) && !grant.Revoked.Contains(receipt.Ursula);
        return isNew
            ? GrantDecision.Accept(new RevocationConfirmed(hrac, receipt.Ursula, receipt.Bytes))
            : GrantDecision.Accept();
    }

    /// <summary>Applies an event that was persisted.</summary>
    public void Apply(GrantEvent grantEvent)
    {
        switch (grantEvent)
        {
            case GrantBegun begun:
                _grants[begun.Grant.Hrac] = begun.Grant;
                break;
            case GrantMade made:
                _grants[made.Grant.Hrac] = made.Grant;
                break;
            case OrderIssued issued:
                Change(issued.Hrac, grant => Issue(grant, issued));
                break;
            case GrantRenewed renewed:
                Change(renewed.Hrac, grant => Renew(grant, renewed));
                break;
            case RevocationConfirmed confirmed:
                Change(confirmed.Hrac, grant => grant with { Revoked = [.. grant.Revoked, confirmed.Ursula] });
                break;
        }
    }

    private static Grant Renew(Grant grant, GrantRenewed renewed) => grant with
    {
        Validity = renewed.Validity,
        Rules = renewed.Rules,
        ServedUntil = renewed.ServedUntil,
        MapRecord = renewed.MapRecord,
    };

    private static Grant Issue(Grant grant, OrderIssued issued) => grant with
    {
        LastVersion = issued.Version,
        IsRevoking = grant.IsRevoking || issued.Validity is null,
        ServedUntil = Later(grant.ServedUntil, issued.Validity?.NotAfter ?? default),
    };

    // Once fewer than a threshold can still keep to an older order, the new end is the end.
    private static DateTimeOffset ServedUntil(Grant grant, Validity renewed, NodeId[] confirmed) =>
        grant.IsSettledBy(confirmed) ? renewed.NotAfter : Later(grant.ServedUntil, renewed.NotAfter);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static TreasureMap MapOf(Grant grant, Validity validity)
    {
        NodeId[] ursulas = [.. grant.Holders.Where(h => h.IsConfirmed).Select(h => h.Ursula)];
        return new TreasureMap(grant.Threshold, grant.KeyFragVersion, validity, grant.PolicyKey, ursulas);
    }

    private void Change(Hrac hrac, Func<Grant, Grant> change)
    {
        if (_grants.TryGetValue(hrac, out var grant))
            _grants[hrac] = change(grant);
    }
}

using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;

namespace NuCypher.P2P.Simulator;

/// <summary>Compares what Alice believes of a policy with what honest Ursulas confirmed, from outside.</summary>
internal sealed class GrantCheck(RunContext run, ServiceWitness ursulas)
{
    private const string InBooks = "whoever took a kfrag is in Alice's books";
    private const string Apart = "a threshold of shares never lies on one machine";
    private const string BelowThreshold = "fewer than a threshold still serve what Alice knows to be revoked";

    /// <summary>Alice was told that a grant is made.</summary>
    public void Made(PolicyId policy, Grant grant)
    {
        var held = ursulas.InForce(policy);
        var holders = grant.Holders.Concat(grant.Former.SelectMany(former => former.Holders));
        var known = holders.Select(holder => holder.Ursula).ToHashSet();
        foreach (var (ursula, version, _) in held.Where(share => !known.Contains(share.Ursula)))
            run.Report(InBooks, $"{grant.Label}: Ursula {run.IndexOf(ursula)} holds version {version}");
        var together = held.Where(share => share.Version == grant.KeyFragVersion)
            .GroupBy(share => run.Nodes[run.IndexOf(share.Ursula)].Machine.Host.Address.Address)
            .Where(shares => shares.Select(share => share.KeyFrag).Distinct().Count() >= Math.Max(2, grant.Threshold));
        foreach (var shares in together)
            run.Report(Apart, $"{grant.Label}: {shares.Count()} of {grant.Threshold} needed on {shares.Key}");
    }

    /// <summary>Alice was told that a policy is revoked.</summary>
    public void Revoked(PolicyId policy, Grant grant)
    {
        var left = ursulas.InForce(policy).GroupBy(share => share.Version)
            .Select(shares => shares.Select(share => share.KeyFrag).Distinct().Count()).DefaultIfEmpty().Max();
        run.Tally.Add("revocations counted");
        if (left >= grant.Threshold)
            run.Report(BelowThreshold, $"{grant.Label}: {left} kfrags are left, {grant.Threshold} are needed");
    }
}

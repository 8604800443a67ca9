namespace NuCypher.P2P.Simulator;

/// <summary>
/// Something that a scenario means to make happen. A check that never had anything to bite on proves nothing.
/// </summary>
/// <param name="Name">What should have been seen.</param>
/// <param name="Count">How often it was.</param>
public sealed record Sometimes(string Name, long Count)
{
    /// <summary>Everything that a run should have shown at least once, by what its scenario asks for.</summary>
    internal static IReadOnlyList<Sometimes> Of(RunContext run) =>
        [.. Expected(run).Where(expected => expected.IsExpected).Select(
            expected => new Sometimes(expected.Name, expected.Count))];

    private static IEnumerable<(bool IsExpected, string Name, long Count)> Expected(RunContext run)
    {
        var (scenario, tally, net) = (run.Scenario, run.Tally, run.World.Network.Counters);
        var (policies, conditions, faults, adversaries) =
            (scenario.Policies, scenario.Network, scenario.Faults, scenario.Adversaries);
        var disks =
            run.World.Machines.Select(machine => machine.Disk).Distinct().Select(disk => disk.Counters).ToArray();
        var crashes = faults.Churn.PercentPerHour > 0 || faults.Episodes.ContainsKey(FaultKind.CrashLoop);
        var granted = policies.Count > 0;
        var honest = granted && adversaries.HostileUrsulas != Chance.Always;
        yield return (granted, "a policy was granted", tally["grants"]);
        yield return (honest, "a re-encryption was served", tally["Reencrypt Ok"]);
        yield return (granted && policies.Revoked.PerMillion > 0, "a policy was revoked", tally["revocations"]);
        yield return (
            honest && policies.Revoked.PerMillion > 0, "a Bob was refused because of a revocation",
            tally["refused: Revoked"]);
        yield return (granted && policies.Renewed.PerMillion > 0, "a policy was renewed", tally["renewals"]);
        yield return (granted && policies.MinLifePercent < 50, "a Bob came too late", tally["reads refused: over"]);
        yield return (
            honest && policies.MinLifePercent < 50, "an Ursula was asked after the end", tally["refused: Expired"]);
        yield return (!scenario.RoutersOnly, "a timer was cancelled", tally["timers cancelled"]);
        yield return (scenario.LookupsPerMinute > 0, "an answer to a search was checked", tally["answers checked"]);
        yield return (scenario.LookupsPerMinute > 0, "a search was held to its bounds", tally["searches counted"]);
        yield return (crashes && granted, "what a journal had acknowledged was read back", tally["pasts read back"]);
        yield return (policies.Stored > 0, "a kfrag was deleted in time", tally["kfrags gone in time"]);
        yield return (conditions.Loss.PerMillion > 0, "a datagram was lost", net.Lost);
        yield return (conditions.Hold.PerMillion > 0, "a datagram was held for seconds", net.Held);
        yield return (conditions.Duplication.PerMillion > 0, "a datagram came twice", net.Duplicated);
        yield return (conditions.Corruption.PerMillion > 0, "a bit was changed on the way", net.Corrupted);
        yield return (granted && conditions.RepeatedCalls.PerMillion > 0, "a call came twice", net.RepeatedCalls);
        yield return (crashes, "a node crashed and came back", tally["restarts"]);
        yield return (crashes && granted, "a power cut found writes under way", disks.Sum(
            disk => disk.Torn + disk.Untold + disk.LostUnsynced));
        yield return (faults.Unreachable.PerMillion > 0, "a datagram met a closed router", net.Unreachable);
        yield return (faults.Episodes.ContainsKey(FaultKind.Partition), "a partition stopped something", net.Cut);
        yield return (
            faults.Episodes.ContainsKey(FaultKind.FailingDisk) && granted, "a write failed",
            disks.Sum(disk => disk.Failures));
        yield return (
            faults.Episodes.ContainsKey(FaultKind.Twin) && granted, "a fence fired", disks.Sum(disk => disk.Fenced));
        yield return (adversaries.Censors.PerMillion > 0, "a request was censored", tally["censored"]);
        yield return (adversaries.EndlessReferrers > 0, "a search was sent astray", tally["false referrals"]);
        yield return (adversaries.ForgedStoresPerMinute > 0, "a forged record was stored", tally["forged stores"]);
        yield return (adversaries.Strangers > 0 && granted, "a stranger was refused", tally["strangers refused"]);
        yield return (adversaries.GreedyBobs > 0 && honest, "a greedy Bob was refused", tally["refused: Busy"]);
        yield return (
            adversaries.Flooders > 0, "a record beyond a quota was refused", tally["records of flooders refused"]);
        yield return (adversaries.Crowders > 0 && granted, "an Ursula was crowded", tally["arrangements of crowders"]);
        yield return (adversaries.Idlers > 0 && granted, "an idle connection was opened", tally["idle connections"]);
        yield return (adversaries.LyingAlices > 0 && granted, "a false map was seen through",
            tally["false maps seen through"]);
        yield return (adversaries.Swallowers + adversaries.LateSwallowers > 0, "a store was swallowed",
            tally["stores swallowed"]);
        yield return (granted && conditions.LostReplies.PerMillion > 0, "an answer was lost", net.LostReplies);
        yield return (faults.Episodes.ContainsKey(FaultKind.ClockJump), "a clock jumped", tally["fault ClockJump"]);
        yield return (
            adversaries.HostileUrsulas.PerMillion > 0 && granted, "an Ursula that cheated was named",
            tally["cheats named"]);
    }
}

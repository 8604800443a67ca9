using System.Collections.Immutable;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Staking;

/// <summary>In which periods a staker was active: those that it confirmed one period before.</summary>
/// <remarks>
/// Runs of periods, the oldest first, none touching the next; what is older than any policy that is still open is
/// forgotten.
/// </remarks>
public sealed class ActivityLog
{
    /// <summary>
    /// How many periods are remembered; 800: of the longest policy, and as many again for collecting its fees.
    /// </summary>
    public const ulong Memory = 800;

    private readonly ImmutableArray<(ulong From, ulong To)> _runs;

    private ActivityLog(ImmutableArray<(ulong From, ulong To)> runs) => _runs = runs;

    /// <summary>Never active.</summary>
    public static ActivityLog Empty { get; } = new([]);

    /// <summary>How many runs are remembered.</summary>
    public int Runs => _runs.Length;

    /// <summary>Whether the period was confirmed.</summary>
    public bool Contains(ulong period) => _runs.Any(run => run.From <= period && period < run.To);

    /// <summary>How many periods of a time, its end excluded, were confirmed.</summary>
    public ulong CountIn(ulong from, ulong to) => _runs.Aggregate(0UL, (sum, run) =>
        Math.Min(run.To, to) is var end && Math.Max(run.From, from) is var start && start < end ? sum + end - start
            : sum);

    /// <summary>
    /// With one more period, which is later than all before, and without those that ended before another.
    /// </summary>
    public ActivityLog Add(ulong period, ulong forgetBefore)
    {
        var kept = _runs.RemoveAll(run => run.To < forgetBefore);
        return kept.Length > 0 && kept[^1].To == period
            ? new(kept.SetItem(kept.Length - 1, (kept[^1].From, period + 1)))
            : new(kept.Add((period, period + 1)));
    }

    internal void Write(FieldWriter writer)
    {
        writer.FourByteNumber((uint)_runs.Length);
        foreach (var (from, to) in _runs)
            writer.Number(from).Number(to);
    }
}

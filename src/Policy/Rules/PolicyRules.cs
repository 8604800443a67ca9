using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Rules;

/// <summary>When within its validity, and on what condition, a policy is served, by each Ursula's own clock.</summary>
/// <remarks>Equal rules are equal bytes, and no rules are no bytes.</remarks>
public sealed class PolicyRules : IEquatable<PolicyRules>
{
    /// <summary>The most intervals; 16.</summary>
    public const int MaxIntervals = 16;

    /// <summary>The longest rules, in bytes: a count, intervals, two marks, window, condition.</summary>
    public const int MaxSize = 1 + (MaxIntervals * 16) + 2 + DailyWindow.Size + Condition.MaxSize;

    /// <summary>Served whenever the policy is in force.</summary>
    public static readonly PolicyRules None = new([]);

    private readonly byte[] _bytes;

    /// <summary>Makes rules, all of which must hold.</summary>
    /// <param name="intervals">It is in one of these, which become one where they touch; empty: at any time.</param>
    /// <param name="hours">It is in these hours; null: at any hour.</param>
    /// <param name="condition">This holds; null: nothing need.</param>
    /// <exception cref="ArgumentException">More than fits, or an interval that ends before it begins.</exception>
    public PolicyRules(IEnumerable<Validity> intervals, DailyWindow? hours = null, Condition? condition = null)
    {
        (Intervals, Hours, Condition) = (Merge(intervals), hours, condition);
        if (Intervals.Count > MaxIntervals)
            throw new ArgumentException($"Rules have at most {MaxIntervals} intervals.", nameof(intervals));
        if (condition is { Fits: false })
        {
            throw new ArgumentException(
                $"A condition has at most {Condition.MaxNodes} parts, {Condition.MaxDepth} one inside the other, "
                    + $"and asks for at most {Condition.MaxQuestions} facts.",
                nameof(condition));
        }

        _bytes = IsNone ? [] : Encode();
    }

    /// <summary>In one of these; empty: at any time. In order, apart from each other.</summary>
    public IReadOnlyList<Validity> Intervals { get; }

    /// <summary>In these hours; null: at any hour.</summary>
    public DailyWindow? Hours { get; }

    /// <summary>On this condition; null: on none.</summary>
    public Condition? Condition { get; }

    /// <summary>Whether the policy is served whenever it is in force.</summary>
    public bool IsNone => Intervals.Count == 0 && Hours is null && Condition is null;

    /// <summary>What must be found out before the condition can be known; each once.</summary>
    public IReadOnlyList<JsonFact> Questions => [.. (Condition?.Questions ?? []).Distinct()];

    /// <summary>Reads rules; false for bytes that are not exactly some that this program knows.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PolicyRules? rules)
    {
        rules = bytes.IsEmpty ? None : null;
        if (rules is not null)
            return true;
        var reader = new FieldReader(bytes);
        var intervals = new Validity[reader.Count(0, MaxIntervals)];
        for (var i = 0; i < intervals.Length; i++)
            intervals[i] = reader.Validity();
        var hours = reader.Count(0, 1) == 1 ? DailyWindow.Read(ref reader) : null;
        var condition = reader.Count(0, 1) == 1 ? Condition.Read(ref reader) : null;
        if (reader.Refusal != DecodeRefusal.None || !reader.AtEnd || condition is { Fits: false })
            return false;
        var read = new PolicyRules(intervals, hours, condition);
        if (read._bytes.AsSpan().SequenceEqual(bytes))
            rules = read;
        return rules is not null;
    }

    /// <summary>Their bytes; none if there are no rules.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>
    /// Whether they let the policy be served at a moment that is known as well as the clock is, by what was found out.
    /// </summary>
    public RulesVerdict At(ClockReading time, KnownFacts facts)
    {
        if (!IsScheduled(time.Earliest) || !IsScheduled(time.Latest))
            return RulesVerdict.OutsideSchedule;
        return Condition?.At(time, facts) switch
        {
            null or Truth.True => RulesVerdict.Holds,
            Truth.False => RulesVerdict.ConditionFalse,
            _ => RulesVerdict.ConditionUnknown,
        };
    }

    /// <summary>
    /// From when on a policy of this validity is never served again: its end, or an earlier one; null if it never is.
    /// </summary>
    public DateTimeOffset? EndWithin(Validity validity)
    {
        var limit = Earlier(validity.NotAfter, Condition?.EndOf(isContrary: false) ?? validity.NotAfter);
        var intervals = Intervals.Count == 0 ? [validity] : Intervals;
        for (var i = intervals.Count - 1; i >= 0; i--)
        {
            var begin = Later(intervals[i].NotBefore, validity.NotBefore);
            var end = Earlier(intervals[i].NotAfter, limit);
            if (begin < end && (Hours is null ? end : Hours.LastEnd(begin, end)) is { } last)
                return last;
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(PolicyRules? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PolicyRules);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    private bool IsScheduled(DateTimeOffset moment) =>
        (Intervals.Count == 0 || Intervals.Any(interval => interval.Contains(moment)))
            && Hours?.Contains(moment) != false;

    private byte[] Encode()
    {
        var writer = new FieldWriter().Count(Intervals.Count);
        foreach (var interval in Intervals)
            writer.Validity(interval);
        Hours?.Write(writer.Byte(1));
        if (Hours is null)
            writer.Byte(0);
        Condition?.Write(writer.Byte(1));
        if (Condition is null)
            writer.Byte(0);
        return writer.ToArray();
    }

    private static List<Validity> Merge(IEnumerable<Validity> intervals)
    {
        List<Validity> merged = [];
        foreach (var next in intervals.Select(interval => interval.InMilliseconds()).OrderBy(i => i.NotBefore))
        {
            if (merged.Count > 0 && next.NotBefore <= merged[^1].NotAfter)
                merged[^1] = merged[^1] with { NotAfter = Later(merged[^1].NotAfter, next.NotAfter) };
            else
                merged.Add(next);
        }

        return merged;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

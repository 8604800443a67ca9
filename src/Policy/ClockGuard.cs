namespace NuCypher.P2P.Policy;

/// <summary>
/// Compares the wall clock with the monotonic one: no single reading destroys, locks or refuses for longer than it is
/// wrong.
/// </summary>
/// <remarks>
/// A value: <see cref="Note"/> gives the next one. The difference of the two clocks is constant while nobody sets the
/// wall clock. A jump puts the true time in doubt between the old line and the new one: what may not have begun, or may
/// be over, is not served, what may last is not deleted. The doubt ends at once when the clock goes back to the old
/// line, and in favour of the new one when it keeps to that. Shortly after the start a machine's clock is often set:
/// the new line is served by at once, but nothing is deleted that isn't over by the old one too, and the old one is
/// believed again when the clock goes back to it.
/// </remarks>
public sealed record ClockGuard
{
    private readonly ClockGuardOptions _options;
    private readonly TimeSpan _startedAt;

    // Ticks that the wall clock is ahead of the monotonic one.
    private long _trusted;
    private long _shown;
    private TimeSpan _jumpedAt;
    private TimeSpan _settlesAt;
    private bool _isSetAtStart;

    private ClockGuard(Moment start, ClockGuardOptions options)
    {
        (_options, _startedAt, _jumpedAt) = (options, start.Monotonic, start.Monotonic);
        _settlesAt = start.Monotonic + options.StartDoubt;
        _trusted = _shown = LineOf(start);
    }

    /// <summary>The first reading; nothing before it is known.</summary>
    public static ClockGuard Start(Moment first, ClockGuardOptions options) => new(first, options);

    /// <summary>Takes another reading.</summary>
    public ClockGuard Note(Moment moment)
    {
        var line = LineOf(moment);
        if (IsNear(line, _trusted))
            return this with { _trusted = line, _shown = line, _isSetAtStart = false };
        if (!IsNear(line, _shown))
            return Jumped(moment.Monotonic) with { _shown = line };
        return moment.Monotonic - _jumpedAt >= _options.JumpDoubt
            ? this with { _trusted = line, _shown = line, _isSetAtStart = false }
            : this with { _shown = line };
    }

    /// <summary>What is known at this moment, after it was noted.</summary>
    public ClockReading Read(Moment moment)
    {
        var (old, now) = (OnLine(_trusted, moment), moment.Clock);
        var (earlier, later) = (old < now ? old : now, old > now ? old : now);
        return new ClockReading(
            now, _isSetAtStart ? now : earlier, _isSetAtStart ? now : later, earlier, moment.Monotonic >= _settlesAt,
            moment.Monotonic - _startedAt);
    }

    private ClockGuard Jumped(TimeSpan now) => now < _settlesAt
        ? this with { _jumpedAt = now, _isSetAtStart = true, _settlesAt = now + _options.StartDoubt }
        : this with { _jumpedAt = now, _isSetAtStart = false };

    private static long LineOf(Moment moment) => moment.Clock.UtcTicks - moment.Monotonic.Ticks;

    private static DateTimeOffset OnLine(long line, Moment moment) => new(
        Math.Clamp(
            line + moment.Monotonic.Ticks, DateTimeOffset.MinValue.Ticks,
            DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    private bool IsNear(long line, long other) => Math.Abs(line - other) <= _options.Tolerance.Ticks;
}

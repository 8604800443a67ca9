namespace NuCypher.P2P.Policy;

/// <summary>
/// Compares the wall clock with the monotonic one: no single reading destroys, locks or refuses for longer than it is
/// wrong.
/// </summary>
/// <remarks>
/// A value: <see cref="Note"/> gives the next one. The difference of the two clocks is constant while nobody sets the
/// wall clock. A jump puts the true time in doubt between the old line and the new one: what may not have begun, or may
/// be over, is not served, what may last is not deleted. The doubt ends at once when the clock goes back to the old
/// line, and in favour of the new one when it keeps to that. Shortly after the start the new line is believed at once,
/// but nothing is deleted.
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
            return this with { _trusted = line, _shown = line };
        if (moment.Monotonic < _settlesAt)
            return this with { _trusted = line, _shown = line, _settlesAt = moment.Monotonic + _options.StartDoubt };
        if (!IsNear(line, _shown))
            return this with { _shown = line, _jumpedAt = moment.Monotonic };
        var isBelieved = moment.Monotonic - _jumpedAt >= _options.JumpDoubt;
        return this with { _trusted = isBelieved ? line : _trusted, _shown = line };
    }

    /// <summary>What is known at this moment, after it was noted.</summary>
    public ClockReading Read(Moment moment)
    {
        var (old, now) = (OnLine(_trusted, moment), moment.Clock);
        return new ClockReading(
            now, old < now ? old : now, old > now ? old : now, moment.Monotonic >= _settlesAt,
            moment.Monotonic - _startedAt);
    }

    private static long LineOf(Moment moment) => moment.Clock.UtcTicks - moment.Monotonic.Ticks;

    private static DateTimeOffset OnLine(long line, Moment moment) => new(
        Math.Clamp(
            line + moment.Monotonic.Ticks, DateTimeOffset.MinValue.Ticks,
            DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    private bool IsNear(long line, long other) => Math.Abs(line - other) <= _options.Tolerance.Ticks;
}

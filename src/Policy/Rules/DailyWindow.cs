using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Rules;

/// <summary>The hours of a day, on some days of the week, by a clock of a fixed offset from UTC.</summary>
/// <remarks>
/// An offset and no time zone: what a zone's law will say next year nobody can sign today, so summer time changes
/// nothing here. A window that ends before it begins goes on past midnight, and belongs to the day of its beginning.
/// </remarks>
public sealed record DailyWindow
{
    /// <summary>Bytes of a window: two times, days, offset.</summary>
    internal const int Size = 7;

    private const int MinutesADay = 24 * 60;
    private const int MaxOffset = 14 * 60;
    private const int DaysAWeek = 7;

    /// <summary>Makes a window.</summary>
    /// <param name="from">The first minute of the day, 0 to 1,439.</param>
    /// <param name="to">The minute at which it is over, 1 to 1,440; another than the first.</param>
    /// <param name="days">On which days it begins; at least one.</param>
    /// <param name="offset">Of the clock from UTC, in minutes; at most 14 hours either way.</param>
    /// <exception cref="ArgumentException">One of them is out of its range.</exception>
    public DailyWindow(int from, int to, Weekdays days, int offset)
    {
        if (!IsOne(from, to, days, offset))
            throw new ArgumentException($"No daily window is from minute {from} to {to} on {days} at {offset}.");
        (From, To, Days, Offset) = (from, to, days, offset);
    }

    /// <summary>The first minute of the day.</summary>
    public int From { get; }

    /// <summary>The minute at which it is over, of the next day if it is not after the first.</summary>
    public int To { get; }

    /// <summary>The days on which it begins.</summary>
    public Weekdays Days { get; }

    /// <summary>Of the clock from UTC, in minutes, east positive.</summary>
    public int Offset { get; }

    private long LengthInTicks => (To > From ? To - From : MinutesADay + To - From) * TimeSpan.TicksPerMinute;

    /// <summary>Whether it is open at this moment.</summary>
    public bool Contains(DateTimeOffset moment)
    {
        var day = DayOf(moment);
        return IsOpen(day, moment) || IsOpen(day - 1, moment);
    }

    /// <summary>The last end of it, or of its part, between two moments; null if it is closed all the time.</summary>
    public DateTimeOffset? LastEnd(DateTimeOffset after, DateTimeOffset until)
    {
        var last = DayOf(until);
        for (var day = last; day >= last - DaysAWeek - 1; day--)
        {
            if (!IsOn(day))
                continue;
            var begin = Math.Max(BeginOf(day), after.UtcTicks);
            var end = Math.Min(BeginOf(day) + LengthInTicks, until.UtcTicks);
            if (begin < end)
                return new DateTimeOffset(end, TimeSpan.Zero);
        }

        return null;
    }

    /// <summary>Reads 7 bytes; null, and refused, if they are no window.</summary>
    internal static DailyWindow? Read(ref FieldReader reader)
    {
        var (from, to) = (reader.TwoByteNumber(), reader.TwoByteNumber());
        var (days, offset) = ((Weekdays)reader.Byte(), unchecked((short)reader.TwoByteNumber()));
        if (IsOne(from, to, days, offset))
            return new DailyWindow(from, to, days, offset);
        reader.Refuse();
        return null;
    }

    internal void Write(FieldWriter writer) => writer
        .TwoByteNumber((ushort)From).TwoByteNumber((ushort)To).Byte((byte)Days)
        .TwoByteNumber(unchecked((ushort)(short)Offset));

    private static bool IsOne(int from, int to, Weekdays days, int offset) =>
        from is >= 0 and < MinutesADay && to is > 0 and <= MinutesADay && from != to
            && days is > Weekdays.None and <= Weekdays.All && offset is >= -MaxOffset and <= MaxOffset;

    private bool IsOpen(long day, DateTimeOffset moment) =>
        IsOn(day) && moment.UtcTicks >= BeginOf(day) && moment.UtcTicks - BeginOf(day) < LengthInTicks;

    // Day 0, the first of January of the year 1, was a Monday.
    private bool IsOn(long day) => day >= 0 && ((int)Days >> (int)(day % DaysAWeek) & 1) == 1;

    private long DayOf(DateTimeOffset moment) =>
        (moment.UtcTicks + (Offset * TimeSpan.TicksPerMinute)) / TimeSpan.TicksPerDay;

    private long BeginOf(long day) => (day * TimeSpan.TicksPerDay) + ((From - Offset) * TimeSpan.TicksPerMinute);
}

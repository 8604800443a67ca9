using System.Globalization;

namespace NuCypher.P2P.Node.CommandLine;

/// <summary>A line that shows how much of a file is done, once it takes longer than a second.</summary>
internal sealed class ByteProgress : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly LiveLines _live;
    private readonly string _what;
    private readonly long? _total;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private TimeSpan _next = Delay;

    /// <summary>Begins; nothing is shown yet.</summary>
    /// <param name="live">Where.</param>
    /// <param name="what">What is done to what.</param>
    /// <param name="input">Its length is the whole, if it has one.</param>
    /// <param name="clock">Measures how long it takes.</param>
    public ByteProgress(LiveLines live, string what, Stream input, TimeProvider? clock = null)
    {
        (_live, _what, _clock) = (live, what, clock ?? TimeProvider.System);
        _start = _clock.GetTimestamp();
        _total = input.CanSeek ? input.Length : null;
    }

    /// <summary>Shows how many bytes are done, unless that was shown a moment ago.</summary>
    public void Report(long done)
    {
        if (!_live.IsWatched || _clock.GetElapsedTime(_start) is var elapsed && elapsed < _next)
            return;
        _next = elapsed + Interval;
        var rate = Size((long)(done / elapsed.TotalSeconds));
        _live.Set(_what, $"{Size(done)}{(_total is { } total ? $" of {Size(total)}" : "")}, {rate}/s, {_what}");
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose() => _live.Remove(_what);

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F2} GB"),
    };
}

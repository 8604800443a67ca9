namespace NuCypher.P2P.Dht;

/// <summary>The latest round-trip times to whomever, and the one that few of them exceed.</summary>
internal sealed class RttWindow
{
    private const int Size = 32;
    private const int FirstSize = 4;

    private uint[] _ticks = [];
    private int _count;
    private int _next;

    /// <summary>The second longest of the last 32, the longest of fewer than 16; null before the first.</summary>
    public TimeSpan? HighQuantile
    {
        get
        {
            var (longest, second) = (0U, 0U);
            foreach (var ticks in _ticks.AsSpan(0, _count))
                (longest, second) = ticks > longest ? (ticks, longest) : (longest, Math.Max(second, ticks));
            return _count == 0 ? null : new TimeSpan(_count < Size / 2 ? longest : second);
        }
    }

    /// <summary>Adds a measurement, in the place of the oldest.</summary>
    public void Add(TimeSpan sample)
    {
        if (_count == _ticks.Length && _count < Size)
            Array.Resize(ref _ticks, Math.Max(FirstSize, 2 * _count));
        _ticks[_next] = (uint)Math.Min(sample.Ticks, uint.MaxValue);
        _next = (_next + 1) % Size;
        _count = Math.Max(_count, _next == 0 ? Size : _next);
    }
}

using System.Net;

namespace NuCypher.P2P.Actors.Links;

/// <summary>The open connections of a server, of which whoever fills the table can't keep newcomers out.</summary>
/// <remarks>
/// When it is full, the source with the most connections gives one up: the one that is idle for the longest; if all of
/// them are being answered, the one for the longest, but only to a source that will still have fewer. A source at its
/// share gives up its own longest idle one. There are never more entries than connections. Safe to use from several
/// threads.
/// </remarks>
/// <param name="capacity">Connections in all.</param>
/// <param name="share">Connections of one source.</param>
public sealed class ConnectionTable(int capacity, int share)
{
    /// <summary>Connections in all, in production.</summary>
    public const int DefaultCapacity = 512;

    /// <summary>Connections of one source, in production.</summary>
    public const int DefaultShare = 128;

    private readonly Lock _lock = new();
    private readonly HashSet<ConnectionSeat> _seats = [];
    private readonly Dictionary<IPAddress, int> _sources = [];
    private long _changes;

    /// <summary>Takes a newcomer in; false if there is no place for it.</summary>
    public bool TryEnter(ConnectionSeat newcomer)
    {
        ConnectionSeat? leaving = null;
        lock (_lock)
        {
            var own = _sources.GetValueOrDefault(newcomer.Source);
            if (own >= share)
                leaving = LongestIdleOf(newcomer.Source);
            else if (_seats.Count >= capacity)
                leaving = LeastEntitled(own);
            if (leaving is null && (own >= share || _seats.Count >= capacity))
                return false;
            if (leaving is not null)
                Remove(leaving);
            Add(newcomer);
        }

        leaving?.GiveWay();
        return true;
    }

    /// <summary>Notes that a request begins or ends.</summary>
    public void Change(ConnectionSeat seat, bool isBusy)
    {
        lock (_lock)
            (seat.IsBusy, seat.LastChange) = (isBusy, ++_changes);
    }

    /// <summary>Notes that a connection is closed; no effect if it had to give way.</summary>
    public void Leave(ConnectionSeat seat)
    {
        lock (_lock)
            Remove(seat);
    }

    private ConnectionSeat? LongestIdleOf(IPAddress source) =>
        _seats.Where(seat => !seat.IsBusy && seat.Source.Equals(source)).MinBy(seat => seat.LastChange);

    private ConnectionSeat? LeastEntitled(int own)
    {
        var worst = _seats.MinBy(seat => (-_sources[seat.Source], seat.IsBusy, seat.LastChange));
        if (worst is null or { IsBusy: false } || _sources[worst.Source] > own + 1)
            return worst;
        return _seats.Where(seat => !seat.IsBusy).MinBy(seat => (-_sources[seat.Source], seat.LastChange));
    }

    private void Add(ConnectionSeat seat)
    {
        seat.LastChange = ++_changes;
        _seats.Add(seat);
        _sources[seat.Source] = _sources.GetValueOrDefault(seat.Source) + 1;
    }

    private void Remove(ConnectionSeat seat)
    {
        if (_seats.Remove(seat) && --_sources[seat.Source] == 0)
            _sources.Remove(seat.Source);
    }
}

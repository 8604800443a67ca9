using System.Net;

namespace NuCypher.P2P.Actors.Links;

/// <summary>A connection's place in a <see cref="ConnectionTable"/>.</summary>
/// <param name="source">Whose it is.</param>
/// <param name="giveWay">Called, once, if it must give way.</param>
public sealed class ConnectionSeat(IPAddress source, Action giveWay)
{
    /// <summary>Whose it is.</summary>
    public IPAddress Source => source;

    /// <summary>Whether a request is being answered on it.</summary>
    public bool IsBusy { get; internal set; }

    /// <summary>
    /// When it was opened, or a request on it began or ended: the count of such moments, so that the smallest is the
    /// longest ago.
    /// </summary>
    public long LastChange { get; internal set; }

    /// <summary>Lets it go.</summary>
    internal void GiveWay() => giveWay();
}

using System.Net;
using Microsoft.AspNetCore.Connections;
using NuCypher.P2P.Actors.Links;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// Keeps the table of connections, before a byte of one is read, and tells it when requests come and go.
/// </summary>
internal sealed class ConnectionLimiter(HttpsOptions options)
{
    private readonly ConnectionTable _table = new(options.MaxConnections, options.MaxConnectionsPerSource);

    /// <summary>Gives a connection a place while it lives, or closes it at once.</summary>
    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        var source = SourceAddress.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);
        var seat = new ConnectionSeat(
            source, () => connection.Abort(new ConnectionAbortedException("It gave way to another.")));
        if (!_table.TryEnter(seat))
            return;
        connection.Features.Set(seat);
        try
        {
            await next(connection);
        }
        finally
        {
            _table.Leave(seat);
        }
    };

    /// <summary>Notes a request while it is answered.</summary>
    public async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<ConnectionSeat>() is not { } seat)
        {
            await next(context);
            return;
        }

        _table.Change(seat, isBusy: true);
        try
        {
            await next(context);
        }
        finally
        {
            _table.Change(seat, isBusy: false);
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Connections;

namespace NuCypher.P2P.Node.Https;

/// <summary>Closes what a source opens beyond its share, before a byte of it is read: one address can't keep everybody out.</summary>
/// <remarks>The counters are those of <see cref="SourceLimiter"/>: a fixed number, chosen by a keyed hash.</remarks>
internal sealed class ConnectionLimiter(HttpsOptions options)
{
    private readonly int[] _open = new int[options.SourceCounters];

    /// <summary>Counts a connection while it lives.</summary>
    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        var counter = SourceLimiter.CounterOf((connection.RemoteEndPoint as IPEndPoint)?.Address, _open.Length);
        try
        {
            if (Interlocked.Increment(ref _open[counter]) <= options.MaxConnectionsPerSource)
                await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open[counter]);
        }
    };
}

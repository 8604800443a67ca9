namespace NuCypher.P2P.Actors.Network;

/// <summary>How many datagrams went out, over all paths of one transport.</summary>
internal sealed class SendCounters
{
    private long _sent;
    private long _failures;

    /// <summary>Datagrams given to the system.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Datagrams that it refused.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Counts one.</summary>
    public void Count(bool wasSent) => Interlocked.Increment(ref wasSent ? ref _sent : ref _failures);
}

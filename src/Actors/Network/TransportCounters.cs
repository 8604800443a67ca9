namespace NuCypher.P2P.Actors.Network;

/// <summary>What a transport counted since it was bound.</summary>
/// <param name="Sent">Datagrams given to the system.</param>
/// <param name="SendFailures">Datagrams that the system refused, or that came before the socket was open.</param>
/// <param name="Received">Datagrams passed on to the listener.</param>
/// <param name="Oversized">Datagrams dropped because they were too long.</param>
/// <param name="Unheard">Datagrams dropped because nobody listened.</param>
/// <param name="ReceiveFailures">Errors of the socket while it waited for datagrams.</param>
public sealed record TransportCounters(
    long Sent, long SendFailures, long Received, long Oversized, long Unheard, long ReceiveFailures);

using LiteNetLib;

namespace NuCypher.P2P.Actors.Network;

/// <summary>
/// Where LiteNetLib would write to the terminal, a line for each bad datagram: says nothing. What counts is counted.
/// </summary>
internal sealed class SilentNetLog : INetLogger
{
    /// <inheritdoc/>
    public void WriteNet(NetLogLevel level, string str, params object[] args)
    {
    }
}

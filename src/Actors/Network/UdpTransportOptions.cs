namespace NuCypher.P2P.Actors.Network;

/// <summary>The limits of a <see cref="UdpTransportActor"/>.</summary>
public sealed record UdpTransportOptions
{
    /// <summary>The longest datagram that is passed on, in bytes. 8,213: the longest request of a Python peer.</summary>
    public int MaxDatagramSize { get; init; } = 8213;

    /// <summary>Bytes that the system may hold for the receive thread. 1 MiB: some thousand datagrams, a burst of a lookup's answers.</summary>
    public int ReceiveBufferSize { get; init; } = 1 << 20;

    /// <summary>How long the end of the actor waits for the receive thread.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(1);
}

namespace NuCypher.P2P.Actors.Network;

/// <summary>What one port holds of connections, and a connection of messages.</summary>
internal static class CallLimits
{
    /// <summary>Connections of others in all.</summary>
    public const int Connections = 64;

    /// <summary>Connections of one host.</summary>
    public const int ConnectionsPerHost = 8;

    /// <summary>The longest message, in bytes, with its number: what LiteNetLib makes 16 fragments of, less
    /// some.</summary>
    public const int MessageSize = 16_000;

    /// <summary>
    /// What may arrive over a connection before a message is whole, in bytes: fragments of many messages, sent out of
    /// order, would fill the memory.
    /// </summary>
    public const int UnfinishedSize = 4 * MessageSize;

    /// <summary>Calls of one connection that are being answered; as many again are told to come later, more are
    /// dropped.</summary>
    public const int OpenCalls = 16;

    /// <summary>Calls that a caller has under way over a connection; some that nobody waits for any more may still be
    /// open.</summary>
    public const int CallsAtOnce = 8;

    /// <summary>How many looks at a connection of another may find nothing new before it is closed.</summary>
    public const int LooksWhileIdle = 3;

    /// <summary>Milliseconds between two requests to connect, and how many there are: three seconds in all.</summary>
    public const int ConnectDelay = 150;

    /// <summary>Requests to connect before it is given up.</summary>
    public const int ConnectTries = 20;

    /// <summary>Milliseconds of silence, pings included, after which a connection is over.</summary>
    public const int SilenceTime = 5_000;

    /// <summary>Milliseconds between two looks at connections, while there are any.</summary>
    public const int UpdateTime = 10;
}

namespace NuCypher.P2P.Dht;

/// <summary>Why an operation came to nothing.</summary>
public enum DhtFailure
{
    /// <summary>The table is empty: join first.</summary>
    NoContacts,

    /// <summary>Nobody who was asked answered.</summary>
    NoAnswer,

    /// <summary>Those who answered hold nothing valid under the key.</summary>
    NotFound,

    /// <summary>Fewer nodes than the quorum keep the value.</summary>
    TooFewHolders,

    /// <summary>The value does not fit a datagram.</summary>
    TooLarge,

    /// <summary>The record's life has ended, or ends later than holders allow.</summary>
    Expired,

    /// <summary>Too many operations are under way, or too many records are being published.</summary>
    Busy,

    /// <summary>The operation's time was over before it ended; what it stored by then stays.</summary>
    TimedOut,

    /// <summary>The node left the network meanwhile.</summary>
    Left,
}

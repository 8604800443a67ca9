namespace NuCypher.P2P.Dht;

/// <summary>What came of an operation.</summary>
public abstract record DhtOutcome;

/// <summary>A seed answered: the node is part of the network, and looks around behind it.</summary>
/// <param name="Contacts">How many nodes it knows and has spoken to, often the seed alone.</param>
public sealed record Joined(int Contacts) : DhtOutcome;

/// <summary>The node left: it keeps its table and values, but asks nobody until it joins again.</summary>
public sealed record Left : DhtOutcome;

/// <summary>The nodes nearest to a key that answered.</summary>
/// <param name="Contacts">At most k, nearest first; without clients and without the asking node.</param>
public sealed record ClosestFound(IReadOnlyList<Contact> Contacts) : DhtOutcome;

/// <summary>A record was found.</summary>
/// <param name="Record">The newest of those that were given.</param>
/// <param name="Answers">How many nodes gave a valid record under the key, this node counted.</param>
public sealed record RecordFound(VerifiedRecord Record, int Answers) : DhtOutcome;

/// <summary>A plain value was found; nobody signed it.</summary>
/// <param name="Value">The one that most nodes gave; of equally frequent ones the first.</param>
/// <param name="Answers">How many nodes gave it, this node counted.</param>
public sealed record ValueFound(PlainValue Value, int Answers) : DhtOutcome;

/// <summary>A value was stored at enough nodes.</summary>
/// <param name="Acknowledged">How many nodes said that they keep it.</param>
/// <param name="Asked">How many nodes were asked: the k nearest that were found.</param>
public sealed record Stored(int Acknowledged, int Asked) : DhtOutcome;

/// <summary>A node answered a ping.</summary>
/// <param name="Contact">The node.</param>
/// <param name="RoundTrip">From the last try that was sent to the answer.</param>
public sealed record Pong(Contact Contact, TimeSpan RoundTrip) : DhtOutcome;

/// <summary>An operation came to nothing.</summary>
/// <param name="Failure">Why.</param>
public sealed record OperationFailed(DhtFailure Failure) : DhtOutcome;

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

    /// <summary>Who holds something under the key answered with a longer datagram than is read.</summary>
    TooLong,

    /// <summary>The record's life has ended, or ends later than holders allow.</summary>
    Expired,

    /// <summary>Too many operations are under way, or too many records are being published.</summary>
    Busy,

    /// <summary>The operation's time was over before it ended; what it stored by then stays.</summary>
    TimedOut,

    /// <summary>The node left the network meanwhile.</summary>
    Left,
}

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

/// <summary>A lookup that was written down, whatever it found.</summary>
/// <param name="Hops">Every request, in the order in which they were sent.</param>
/// <param name="Values">How many nodes gave something valid under the key, this node not counted.</param>
/// <param name="Holds">Whether this node keeps something under the key itself.</param>
/// <param name="Nodes">How many nodes there seem to be; null while few are known.</param>
public sealed record Traced(IReadOnlyList<TraceHop> Hops, int Values, bool Holds, double? Nodes) : DhtOutcome;

/// <summary>One request of a lookup.</summary>
/// <param name="Contact">Who was asked.</param>
/// <param name="NamedBy">Whose answer named it first; null for one that was known before.</param>
/// <param name="Depth">1 for one that was known before, else one more than who named it.</param>
/// <param name="SharedBits">Leading bits that its id has in common with the key.</param>
/// <param name="AskedAfter">Since the beginning of the lookup.</param>
/// <param name="Took">From the request to its answer, or until it counted as silent; null if neither came.</param>
/// <param name="End">What came of it.</param>
/// <param name="Named">How many contacts it named.</param>
/// <param name="New">How many of them nobody had named before.</param>
public sealed record TraceHop(
    Contact Contact, NodeId? NamedBy, int Depth, int SharedBits, TimeSpan AskedAfter, TimeSpan? Took, HopEnd End,
    int Named, int New);

/// <summary>What came of one request of a lookup.</summary>
public enum HopEnd
{
    /// <summary>The lookup was over before the answer came.</summary>
    NotAwaited,

    /// <summary>It gave a valid value.</summary>
    Value,

    /// <summary>It named contacts.</summary>
    Contacts,

    /// <summary>It gave something that is not valid, or stores nothing for others.</summary>
    Useless,

    /// <summary>It answered with a longer datagram than is read.</summary>
    TooLong,

    /// <summary>It did not answer.</summary>
    Silent,
}

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

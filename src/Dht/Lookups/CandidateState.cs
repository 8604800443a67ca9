namespace NuCypher.P2P.Dht;

/// <summary>How far a lookup is with one contact.</summary>
internal enum CandidateState
{
    /// <summary>Not asked yet.</summary>
    New,

    /// <summary>Asked, and most would not have answered yet.</summary>
    Asked,

    /// <summary>Asked, and most would have answered: another may be asked in its place.</summary>
    Slow,

    /// <summary>Asked again, because the first try was not answered in time.</summary>
    Late,

    /// <summary>Did not answer twice: waited for only where datagrams get lost.</summary>
    GivenUp,

    /// <summary>Answered.</summary>
    Answered,

    /// <summary>Not to be asked any more: stayed silent, or stores nothing for others.</summary>
    Dropped,
}

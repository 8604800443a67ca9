namespace NuCypher.P2P.Dht;

/// <summary>How far a lookup is with one contact.</summary>
internal enum CandidateState
{
    /// <summary>Not asked yet.</summary>
    New,

    /// <summary>Asked, and the first try is still in time.</summary>
    Asked,

    /// <summary>Asked again, because the first try was not answered in time.</summary>
    Late,

    /// <summary>Answered.</summary>
    Answered,

    /// <summary>Not to be asked any more: stayed silent, or stores nothing for others.</summary>
    Dropped,
}

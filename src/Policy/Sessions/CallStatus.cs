namespace NuCypher.P2P.Policy.Sessions;

/// <summary>How a call to an Ursula ended for the one who carried it out.</summary>
public enum CallStatus
{
    /// <summary>Answered; the body is a signed protocol object.</summary>
    Ok,

    /// <summary>Refused; the body is a signed refusal.</summary>
    Refused,

    /// <summary>The other side could not read the request.</summary>
    Malformed,

    /// <summary>The request was longer than the other side takes.</summary>
    TooLarge,

    /// <summary>The caller asked too often.</summary>
    RateLimited,

    /// <summary>The other side has too much work.</summary>
    Busy,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Another certificate than the pinned one.</summary>
    PinMismatch,
}

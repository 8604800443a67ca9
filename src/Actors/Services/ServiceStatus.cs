namespace NuCypher.P2P.Actors.Services;

/// <summary>How a service call ended, as far as the transport and the gateway know; refusals carry their reason in the body.</summary>
public enum ServiceStatus : byte
{
    /// <summary>Answered; the body is a signed protocol object.</summary>
    Ok,

    /// <summary>Understood and refused; the body is a signed refusal.</summary>
    Refused,

    /// <summary>The body is not a protocol object of this path.</summary>
    Malformed,

    /// <summary>The body is longer than the limit of this path.</summary>
    TooLarge,

    /// <summary>The source sends more than its share.</summary>
    RateLimited,

    /// <summary>The node has more work than it accepts; try again later.</summary>
    Busy,

    /// <summary>No connection to the address.</summary>
    Unreachable,

    /// <summary>No answer within the time limit.</summary>
    TimedOut,

    /// <summary>The address presented another certificate than the one that the node record pins.</summary>
    PinMismatch,
}

using System.Net;
using NuCypher.P2P.Policy.Messages;

namespace NuCypher.P2P.Policy.Services;

/// <summary>What is asked of an Ursula; each value is one path of her service.</summary>
public enum ServiceKind : byte
{
    /// <summary>The node's signed record.</summary>
    Information,

    /// <summary>Alice proposes an arrangement; answer: <see cref="ArrangementAcceptance"/>.</summary>
    ProposeArrangement,

    /// <summary>Alice deposits a kfrag; answer: <see cref="PolicyReceipt"/>.</summary>
    DepositKeyFrag,

    /// <summary>Bob has capsules re-encrypted; answer: <see cref="ReencryptionResponse"/>.</summary>
    Reencrypt,

    /// <summary>Alice changes a policy's time; answer: <see cref="PolicyReceipt"/>.</summary>
    Renew,

    /// <summary>Alice ends a policy; answer: <see cref="PolicyReceipt"/>.</summary>
    Revoke,

    /// <summary>A node has itself called back; answer: <see cref="Testimony"/>.</summary>
    Reach,

    /// <summary>
    /// The signed records of nodes behind a NAT that this one mediates for: their number (1 byte), for each its length
    /// (2) and its bytes.
    /// </summary>
    Guests,
}

/// <summary>
/// How a service call ended, as far as the transport and the gateway know; refusals carry their reason in the body.
/// </summary>
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

    /// <summary>
    /// The node's disk does not take what it would have to remember; try again later. What it did not confirm may be
    /// there all the same.
    /// </summary>
    CannotStore,

    /// <summary>No connection to the address.</summary>
    Unreachable,

    /// <summary>No answer within the time limit.</summary>
    TimedOut,

    /// <summary>The address presented another certificate than the one that the node record pins.</summary>
    PinMismatch,
}

/// <summary>
/// From a node's front door to its Ursula: bytes that somebody posted; the reply is a <see cref="ServiceReply"/>.
/// </summary>
/// <param name="Kind">The path on which they came.</param>
/// <param name="Body">At most the path's limit, otherwise unchecked.</param>
public sealed record ServiceRequest(ServiceKind Kind, ReadOnlyMemory<byte> Body)
{
    /// <summary>The address that they came from; null where nobody knows it.</summary>
    public IPAddress? Source { get; init; }
}

/// <summary>From Ursula to the front door, for the one who asked.</summary>
/// <param name="Status">Selects the HTTP status.</param>
/// <param name="Body">A signed protocol object, or empty.</param>
public sealed record ServiceReply(ServiceStatus Status, ReadOnlyMemory<byte> Body);

/// <summary>Where a node's service is, and how to know it.</summary>
/// <param name="Host">A numeric address or a name, as the node record says.</param>
/// <param name="Port">TCP port.</param>
/// <param name="CertificatePin">SHA-256 of the certificate (DER) that it shows.</param>
public sealed record ServiceAddress(string Host, ushort Port, Digest CertificatePin)
{
    /// <summary>Not null for a node behind a NAT: it is called over UDP, and host and port are those of its
    /// NAT.</summary>
    public MediatedRoute? Route { get; init; }
}

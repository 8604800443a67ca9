using System.Net;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Records;

/// <summary>All that is needed for calling an Ursula: who she is, where, and which certificate she shows.</summary>
/// <param name="Id">Her node id.</param>
/// <param name="VerifyingKey">Verifies her answers.</param>
/// <param name="EncryptingKey">Kfrags are sealed to it.</param>
/// <param name="Address">Where her service is.</param>
/// <param name="Udp">Where she speaks Kademlia, if that is known.</param>
public sealed record ServiceTarget(
    NodeId Id, VerifyingKey VerifyingKey, PublicKey EncryptingKey, ServiceAddress Address, IPAddress? Udp = null)
{
    /// <summary>Where she speaks Kademlia, with the port; the default value if that is not known.</summary>
    public NodeAddress Kademlia { get; init; }

    /// <summary>Whether she mediates for nodes behind a NAT at this time.</summary>
    public bool IsMediator { get; init; }
}

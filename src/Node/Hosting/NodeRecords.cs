using System.Net;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Configuration;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Node.Hosting;

/// <summary>What a node publishes about itself.</summary>
internal static class NodeRecords
{
    /// <summary>The record of a node that listens at these addresses.</summary>
    /// <exception cref="CommandException">It listens on every address and does not say by which one others reach
    /// it.</exception>
    public static NodeRecord Of(NodeStart start, NodeAddress udp, IPEndPoint https) => new(
        start.Identity.VerifyingKey,
        start.Identity.EncryptingKey,
        NodeCapabilities.Dht | NodeCapabilities.Ursula,
        AddressOf(start.PublicHost, udp),
        start.PublicHost ?? (start.IsGuest ? "" : HostOf(https.Address)),
        (ushort)https.Port,
        Digest.Read(NodeCertificate.PinOf(start.Certificate!))); // only a node with a certificate has a record

    /// <summary>The same of a node behind a NAT, before anybody mediates for it: it serves nobody.</summary>
    public static NodeRecord OfGuest(NodeRecord own) =>
        own with { Capabilities = NodeCapabilities.None, Host = "", Port = 0 };

    private static NodeAddress AddressOf(string? publicHost, NodeAddress udp) =>
        publicHost is null ? udp : HostAddress.Parse($"{publicHost}:{udp.Port}", "--public-host");

    private static string HostOf(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? throw new CommandException(
                ExitCode.Usage,
                $"the service listens on every address, {address}, which nobody can call",
                "Say with --public-host by which name or address others reach this node.")
            : address.ToString();
}

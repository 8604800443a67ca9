using System.Net;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// Whom a node tells what it does: whoever asks from its own machine, and from where its operator named. Counters tell
/// everybody else when an Ursula is used, and peers whom she knows.
/// </summary>
internal sealed class OperatorGate
{
    private readonly IPNetwork[] _networks;

    /// <summary>Lets those of the networks pass.</summary>
    /// <exception cref="CommandException">One is neither a network nor an address.</exception>
    public OperatorGate(IEnumerable<string> networks) => _networks = [.. networks.Select(Parse)];

    /// <summary>Marks paths that are for the operator alone.</summary>
    public static object Mark { get; } = new OperatorsOnly();

    /// <summary>Whether who asks may know.</summary>
    public bool Lets(HttpContext context) =>
        Lets(context.Connection.RemoteIpAddress, context.Connection.LocalIpAddress);

    /// <summary>
    /// Whether who asks from one address at another may know: a machine that calls itself does so from the address that
    /// it calls.
    /// </summary>
    public bool Lets(IPAddress? remote, IPAddress? local)
    {
        if (remote is null || local is null)
            return false;
        var source = Plain(remote);
        return source.Equals(Plain(local)) || _networks.Any(network => network.Contains(source));
    }

    /// <summary>Refuses what is marked to whoever may not know.</summary>
    public Task CheckAsync(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OperatorsOnly>() is null || Lets(context)
            ? next(context)
            : Problem.WriteAsync(
                context.Response, StatusCodes.Status403Forbidden, "operators-only",
                "This is for the node's operator: ask from its machine, "
                + "or from an address in nucypher.https.operators.");

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork Parse(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, 8 * address.GetAddressBytes().Length);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new CommandException(
                ExitCode.Configuration, $"nucypher.https.operators can't hold \"{text}\"",
                "Give addresses, or networks such as 10.1.0.0/16.");
    }

    private sealed class OperatorsOnly;
}

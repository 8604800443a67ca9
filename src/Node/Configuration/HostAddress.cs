using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Policy.Text;

namespace NuCypher.P2P.Node.Configuration;

/// <summary>How addresses are read that people write: a number or a name, and a port.</summary>
internal static class HostAddress
{
    /// <summary>A UDP or TCP address, whatever it is good for; a name is looked up, and the first it stands for
    /// counts.</summary>
    /// <exception cref="CommandException">It is none, or the name is unknown.</exception>
    public static NodeAddress Parse(string text, string option) => ParseAll(text, option)[0];

    /// <summary>Every UDP or TCP address that a text stands for, whatever they are good for; a name is looked
    /// up.</summary>
    /// <returns>At least one, those of IPv4 first.</returns>
    /// <exception cref="CommandException">It is none, or the name is unknown.</exception>
    public static IReadOnlyList<NodeAddress> ParseAll(string text, string option)
    {
        if (NodeAddress.TryParse(text, out var address))
            return [address];
        if (!TrySplit(text, out var host, out var port))
            throw new CommandException(
                ExitCode.Usage, $"{option} {text} is no address",
                "Write HOST:PORT, such as 127.0.0.1:4000 or [::1]:4000; a port is at most 65535.");
        return [.. LookUp(host, option).Select(ip => new NodeAddress(ip, port)).Distinct()];
    }

    /// <summary>Splits a name and a port, and looks nothing up; false for everything else.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <param name="host">The name in ASCII.</param>
    /// <param name="port">0 to 65535.</param>
    public static bool TrySplit(string text, out string host, out ushort port)
    {
        var colon = text.LastIndexOf(':');
        (host, port) = ("", 0);
        if (colon <= 0 || !IsName(text[..colon])
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            return false;
        host = AsciiOf(text[..colon]);
        return true;
    }

    /// <summary>
    /// Whether a text can be the name of a host: not a short or padded number, which some would read as an address.
    /// </summary>
    public static bool IsName(string host) =>
        Uri.CheckHostName(AsciiOf(host)) == UriHostNameType.Dns && host.Split('.')[^1].Any(c => !char.IsAsciiDigit(c));

    private static string AsciiOf(string host)
    {
        try
        {
            return Ascii.IsValid(host) ? host : new IdnMapping().GetAscii(NormalForm.Of(host));
        }
        catch (ArgumentException)
        {
            return ""; // no name at all
        }
    }

    private static IPAddress[] LookUp(string host, string option)
    {
        try
        {
            return Dns.GetHostAddresses(host) is { Length: > 0 } found
                ? [.. found.OrderBy(a => a.AddressFamily)]
                : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException e)
        {
            throw new CommandException(
                ExitCode.Network, $"{option}: nobody knows the host {host} ({e.Message})",
                "Check the name, or give a numeric address.");
        }
    }
}

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
    /// <summary>A UDP or TCP address, whatever it is good for; a name is looked up.</summary>
    /// <exception cref="CommandException">It is none, or the name is unknown.</exception>
    public static NodeAddress Parse(string text, string option)
    {
        if (NodeAddress.TryParse(text, out var address))
            return address;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(
            text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out var port) || !IsName(text[..colon]))
            throw new CommandException(
                ExitCode.Usage, $"{option} {text} is no address",
                "Write HOST:PORT, such as 127.0.0.1:4000 or [::1]:4000.");
        return new NodeAddress(LookUp(AsciiOf(text[..colon]), option), port);
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

    private static IPAddress LookUp(string host, string option)
    {
        try
        {
            return Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily).FirstOrDefault()
                ?? throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException e)
        {
            throw new CommandException(
                ExitCode.Network, $"{option}: nobody knows the host {host} ({e.Message})",
                "Check the name, or give a numeric address.");
        }
    }
}

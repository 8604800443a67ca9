using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>The laboratory itself: hosts reach each other through its router as their NATs allow.</summary>
public sealed class NatLabTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly NatLab _lab = new();

    public NatLabTests() => Assert.SkipUnless(LabHost.IsPossible, "needs Linux, root, ip and /dev/net/tun");

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData(NatKind.None, true, "stranger"), InlineData(NatKind.FullCone, true, "stranger")]
    [InlineData(NatKind.AddressRestricted, true, "same host"), InlineData(NatKind.PortRestricted, true, "same port")]
    [InlineData(NatKind.Symmetric, false, "same port")]
    internal async Task Udp_FromAHostBehindANat_ShowsOneAddressAndLetsInAsItsKindDoes(
        NatKind kind, bool isOneAddress, string comesIn)
    {
        using var inside = await SocketAsync(
            kind == NatKind.None ? _lab.Add("203.0.113.7") : _lab.Add("192.168.7.10", "203.0.113.7", kind));
        var host = _lab.Add("198.51.100.1");
        using var first = await SocketAsync(host);
        using var beside = await SocketAsync(host, port: 0);
        using var second = await SocketAsync(_lab.Add("198.51.100.2"));
        using var stranger = await SocketAsync(_lab.Add("198.51.100.3"));
        await SendAsync(inside, "hello", EndPoint("198.51.100.1"));
        await SendAsync(inside, "hello", EndPoint("198.51.100.2"));
        var (seenByFirst, seenBySecond) = (await ReceiveAsync(first), await ReceiveAsync(second));

        await SendAsync(stranger, "stranger", seenByFirst.RemoteEndPoint);
        await SendAsync(stranger, "sent", EndPoint("198.51.100.2"));
        await ReceiveAsync(second); // the router has seen both
        await SendAsync(beside, "same host", seenByFirst.RemoteEndPoint);
        await SendAsync(first, "same port", seenByFirst.RemoteEndPoint);
        var heard = await ReceiveAsync(inside);

        Assert.Equal(IPAddress.Parse("203.0.113.7"), seenByFirst.RemoteEndPoint.Address);
        Assert.Equal(isOneAddress, seenByFirst.RemoteEndPoint.Equals(seenBySecond.RemoteEndPoint));
        Assert.Equal(comesIn, Encoding.ASCII.GetString(heard.Buffer));
    }

    private static IPEndPoint EndPoint(string address) => new(IPAddress.Parse(address), 4_000);

    private static Task<UdpClient> SocketAsync(LabHost host, int port = 4_000) =>
        host.RunAsync(() => new UdpClient(new IPEndPoint(host.Inner, port)));

    private static async Task SendAsync(UdpClient from, string text, IPEndPoint to) =>
        await from.SendAsync(Encoding.ASCII.GetBytes(text), to);

    private static Task<UdpReceiveResult> ReceiveAsync(UdpClient at) => at.ReceiveAsync().WaitAsync(Limit);
}

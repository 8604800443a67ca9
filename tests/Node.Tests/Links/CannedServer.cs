using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NuCypher.P2P.Node.Tests.Links;

/// <summary>A TLS server that gives every request the same answer and keeps what it was asked.</summary>
internal sealed class CannedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly string _head;
    private readonly SslProtocols _tls;

    /// <summary>Listens.</summary>
    /// <param name="certificate">What it shows.</param>
    /// <param name="head">Status line and headers, without the empty line.</param>
    /// <param name="tls">Which TLS it speaks.</param>
    public CannedServer(X509Certificate2 certificate, string head, SslProtocols tls = SslProtocols.None)
    {
        (_certificate, _head, _tls) = (certificate, head, tls);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>The heads of the requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public ushort Port => (ushort)((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException
            or AuthenticationException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(_certificate, false, _tls, checkCertificateRevocation: false);
        var head = new StringBuilder();
        var buffer = new byte[8192];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            head.Append(Encoding.ASCII.GetString(buffer, 0, await tls.ReadAsync(buffer)));
        Requests.Enqueue(head.ToString());
        await tls.WriteAsync(Encoding.ASCII.GetBytes(
            $"{_head}\r\nContent-Type: application/octet-stream\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
        await tls.ShutdownAsync();
    }
}

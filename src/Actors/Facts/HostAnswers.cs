using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Actors.Facts;

/// <summary>Gets what hosts say under URLs: one request each, without redirects, cookies or proxies.</summary>
/// <remarks>
/// The address that is connected to is what counts: a name that leads into a private network leads nowhere, whatever it
/// led to before. A host must send its whole chain of certificates, because nothing is fetched that one names.
/// </remarks>
internal sealed class HostAnswers : IDisposable
{
    private readonly FactOptions _options;
    private readonly HttpMessageInvoker _invoker;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="trust">Who is believed to be a host; null: whom the system's authorities vouch for.</param>
    public HostAnswers(FactOptions options, RemoteCertificateValidationCallback? trust)
    {
        _options = options;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // a name may come to lead elsewhere
            ConnectCallback = ConnectAsync,
            SslOptions =
            {
                CertificateChainPolicy = OfflineChain.OfAuthorities(),
                RemoteCertificateValidationCallback = trust,
            },
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    /// <summary>The bytes under a URL; null if there are none in time, or too many.</summary>
    public async Task<byte[]?> GetAsync(string url, CancellationToken stopped)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        limit.CancelAfter(_options.TimeLimit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Accept.Add(new("application/json"));
            using var response = await _invoker.SendAsync(request, limit.Token);
            return response.StatusCode == HttpStatusCode.OK ? await ReadAsync(response.Content, limit.Token) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return null; // no fault of the node: what the host does not say is not known
        }
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[_options.MaxAnswerSize + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length < buffer.Length ? buffer[..length] : null;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellation);
        var allowed = addresses.Where(address => IsAllowed(address, target.Port)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException($"{target.Host} stands in a private network, or nowhere");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address, int port) =>
        _options.AllowPrivate || new NodeAddress(address, (ushort)port).IsPublic;
}

using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Links;

/// <summary>The connections to one node, each of which showed the certificate that the node's record pins.</summary>
/// <remarks>No authority, name or date counts: who holds the pinned key is the target, nobody else is.</remarks>
internal sealed class PinnedTarget : IDisposable
{
    private readonly Digest _pin;
    private readonly HttpMessageInvoker _invoker;
    private readonly Uri _root;

    private PinnedTarget(Uri root, Digest pin, HttpsLinkOptions options)
    {
        (_root, _pin) = (root, pin);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = options.MaxConnectionsPerTarget,
            MaxResponseHeadersLength = 8,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = options.IdleTimeout,
            SslOptions =
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                CertificateChainPolicy = OfflineChain.OfPin(),
                RemoteCertificateValidationCallback = MatchesPin,
            },
        });
    }

    /// <summary>Makes a target; connects to nothing. False if the address is no host name, port and pin.</summary>
    public static bool TryCreate(ServiceAddress address, HttpsLinkOptions options, out PinnedTarget? target)
    {
        var valid = address.Port != 0
            && Uri.CheckHostName(address.Host) != UriHostNameType.Unknown;
        target = valid
            ? new PinnedTarget(
                new UriBuilder(Uri.UriSchemeHttps, address.Host, address.Port).Uri, address.CertificatePin, options)
            : null;
        return valid;
    }

    /// <summary>Sends one request; the body of the answer has not been read yet.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        ServiceRoute route, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(route.Method, new Uri(_root, route.Path));
        if (route.Method == HttpMethod.Post)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new(ServiceRoute.ContentType);
        }
        return await _invoker.SendAsync(request, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private bool MatchesPin(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var matches = certificate is not null
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.GetRawCertData()), _pin.ToBytes());
        return matches ? true : throw new PinMismatchException();
    }

    /// <summary>Tells another certificate from every other way in which a handshake fails.</summary>
    internal sealed class PinMismatchException() : AuthenticationException("the certificate is not the pinned one");
}

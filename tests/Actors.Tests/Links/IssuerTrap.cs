using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NuCypher.P2P.Actors.Links;

namespace NuCypher.P2P.Actors.Tests.Links;

/// <summary>
/// A server whose certificate names an address where its issuer is said to be: who asks there is seen.
/// </summary>
internal sealed class IssuerTrap : IDisposable
{
    private readonly TcpListener _issuer = new(IPAddress.Loopback, 0);
    private readonly TcpListener _target = new(IPAddress.Loopback, 0);

    public IssuerTrap()
    {
        _issuer.Start();
        _target.Start();
        Certificate = CertificateNaming((IPEndPoint)_issuer.LocalEndpoint);
    }

    public X509Certificate2 Certificate { get; }

    public IPEndPoint Address => (IPEndPoint)_target.LocalEndpoint;

    public bool WasIssuerAsked => _issuer.Pending();

    public void Dispose()
    {
        _issuer.Dispose();
        _target.Dispose();
        Certificate.Dispose();
    }

    /// <summary>Answers one request, if the handshake comes that far; the server itself asks nobody either.</summary>
    public async Task ServeOnceAsync()
    {
        using var client = await _target.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(Certificate, null, offline: true),
            });
            await stream.ReadAtLeastAsync(new byte[16], 1, throwOnEndOfStream: false);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: {ServiceRoute.ContentType}\r\nContent-Length: 2\r\n\r\nok"));
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return; // the caller hung up because of the pin
        }
    }

    /// <summary>A certificate of an authority that nobody knows and that is said to be found at an address.</summary>
    private static X509Certificate2 CertificateNaming(IPEndPoint issuer)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var signer = authority.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ursula", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(
            ocspUris: [$"http://{issuer}/status"], caIssuersUris: [$"http://{issuer}/authority.cer"]));
        using var leaf = request.Create(signer, from, until, [1, 2, 3, 4]);
        return leaf.CopyWithPrivateKey(key);
    }
}

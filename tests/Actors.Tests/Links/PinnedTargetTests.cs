using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Tests.Links;

/// <summary>Whom a pinned connection talks to: the target, and nobody whom its certificate names.</summary>
public sealed class PinnedTargetTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("Row", "SE-15")]
    public async Task Call_CertificateThatNamesAnIssuersAddress_AsksNobodyButTheTarget(bool isPinned)
    {
        using var issuer = new TcpListener(IPAddress.Loopback, 0);
        issuer.Start();
        using var certificate = CertificateNaming((IPEndPoint)issuer.LocalEndpoint);
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        var served = ServeOnceAsync(target, certificate);
        var system = ActorSystem.Create("pins");
        var link = system.ActorOf(ActorProps.Of(() => new HttpsLinkActor(new HttpsLinkOptions())));
        var pin = SHA256.HashData(certificate.RawDataMemory.Span);
        pin[0] ^= isPinned ? (byte)0 : (byte)1;

        var answer = await link.Ask<ServiceAnswer>(
            new ServiceCall(
                1, new ServiceAddress(
                    "127.0.0.1", (ushort)((IPEndPoint)target.LocalEndpoint).Port,
                    Digest.Read(pin)), ServiceKind.Renew, "x"u8.ToArray(), Limit),
            Limit,
            TestContext.Current.CancellationToken);
        await served;
        await system.Terminate();

        Assert.Equal(isPinned ? ServiceStatus.Ok : ServiceStatus.PinMismatch, answer.Status);
        Assert.False(issuer.Pending());
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

    /// <summary>Answers one request, if the handshake comes that far; the server itself asks nobody either.</summary>
    private static async Task ServeOnceAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
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
}

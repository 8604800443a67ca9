using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Https;

/// <summary>A node's self-signed TLS certificate, ECDSA P-256; the node record pins it.</summary>
/// <remarks>Callers look at the pin only, so names and dates mean nothing; the dates are wide for curious browsers.</remarks>
internal static class NodeCertificate
{
    /// <summary>Bytes of a pin.</summary>
    public const int PinSize = SHA256.HashSizeInBytes;

    /// <summary>Makes a certificate with its key as a PEM file, 0600, in the place of an older one.</summary>
    public static void Write(string path, DateTimeOffset now)
    {
        var pem = Make(now);
        AtomicFile.Write(path, pem, Modes.Secret);
        CryptographicOperations.ZeroMemory(pem);
    }

    /// <summary>Makes a certificate as <see cref="Write"/> does; false, and nothing changes, if something is there already.</summary>
    public static bool TryCreate(string path, DateTimeOffset now)
    {
        var pem = Make(now);
        var isNew = AtomicFile.TryCreate(path, pem, Modes.Secret);
        CryptographicOperations.ZeroMemory(pem);
        return isNew;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="CryptographicException">The file is damaged.</exception>
    public static X509Certificate2 Read(string path) => X509Certificate2.CreateFromPemFile(path);

    /// <summary>SHA-256 of the DER certificate.</summary>
    public static byte[] PinOf(X509Certificate2 certificate) => SHA256.HashData(certificate.RawDataMemory.Span);

    private static byte[] Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nucypher", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        return Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }
}

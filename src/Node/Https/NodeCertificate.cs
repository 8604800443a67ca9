using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Https;

/// <summary>A node's self-signed TLS certificate, ECDSA P-256; the node record pins it.</summary>
/// <remarks>
/// Callers look at the pin only, so names and dates mean nothing; the dates are wide for curious browsers.
/// </remarks>
internal static class NodeCertificate
{
    /// <summary>Bytes of a pin.</summary>
    public const int PinSize = SHA256.HashSizeInBytes;

    private const string Name = "CN=nucypher";

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>Makes a certificate with its key as a PEM file, 0600, in the place of an older one.</summary>
    public static void Write(string path, DateTimeOffset now)
    {
        var pem = Make(now);
        AtomicFile.Write(path, pem, Modes.Secret);
        CryptographicOperations.ZeroMemory(pem);
    }

    /// <summary>
    /// Makes a certificate as <see cref="Write"/> does; false, and nothing changes, if something is there already.
    /// </summary>
    public static bool TryCreate(string path, DateTimeOffset now)
    {
        var pem = Make(now);
        var isNew = AtomicFile.TryCreate(path, pem, Modes.Secret);
        CryptographicOperations.ZeroMemory(pem);
        return isNew;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="CommandException">The file is missing or damaged.</exception>
    public static X509Certificate2 Read(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException)
        {
            throw new CommandException(
                ExitCode.Storage, $"{path} is no certificate with its key: {e.Message}",
                "Restore a copy, or make a new one: nucypher certificate renew");
        }
    }

    /// <summary>
    /// Reads the certificate for a start of the node; makes a new one if there is none, or its own soon ends.
    /// </summary>
    /// <remarks>A certificate that is not of this program's making is the user's to renew.</remarks>
    /// <exception cref="CommandException">The file is damaged.</exception>
    public static X509Certificate2 ReadOrRenew(string path, DateTimeOffset now)
    {
        TryCreate(path, now);
        var certificate = Read(path);
        if (certificate.Subject != Name || certificate.Issuer != Name
            || certificate.NotAfter.ToUniversalTime() > now.UtcDateTime + RenewBefore)
            return certificate;
        certificate.Dispose();
        Write(path, now);
        return Read(path);
    }

    /// <summary>SHA-256 of the DER certificate.</summary>
    public static byte[] PinOf(X509Certificate2 certificate) => SHA256.HashData(certificate.RawDataMemory.Span);

    private static byte[] Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        return Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }
}

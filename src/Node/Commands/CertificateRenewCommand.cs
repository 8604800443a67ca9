using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Commands;

/// <summary><c>certificate renew</c>: a new TLS certificate with a new key; no password is needed.</summary>
internal sealed class CertificateRenewCommand : NodeCommand
{
    /// <summary>The command's words.</summary>
    public CertificateRenewCommand() : base(
        "renew",
        "Make a new TLS certificate and key; "
        + "a running node uses them, and publishes their pin, once it is started again.",
        "nucypher certificate renew --data ~/.nucypher") => Add(SharedOptions.Data);

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var folder = DataFolder.At(context.Get(SharedOptions.Data));
        folder.RequireIdentity();
        NodeCertificate.Write(folder.Certificate, TimeProvider.System.GetUtcNow());
        using var certificate = NodeCertificate.Read(folder.Certificate);
        Report.Write(context, new
        {
            pin = Convert.ToHexStringLower(NodeCertificate.PinOf(certificate)),
            notAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            keptIn = folder.Certificate,
        });
        return Task.FromResult(ExitCode.Success);
    }
}

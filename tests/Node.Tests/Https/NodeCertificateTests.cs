using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Https;
using NuCypher.P2P.Node.Tests.CommandLine;

namespace NuCypher.P2P.Node.Tests.Https;

public sealed class NodeCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string Pem => _folder.File("tls.pem");

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(0, false), InlineData(7_000, false), InlineData(7_280, true), InlineData(9_000, true)]
    public void ReadOrRenew_OwnCertificate_IsRenewedShortlyBeforeItsEnd(int days, bool isRenewed)
    {
        using var first = NodeCertificate.ReadOrRenew(Pem, Start);
        using var later = NodeCertificate.ReadOrRenew(Pem, Start.AddDays(days));

        Assert.Equal(isRenewed, first.Thumbprint != later.Thumbprint);
        Assert.True(later.HasPrivateKey);
        Assert.True(later.NotAfter.ToUniversalTime() > Start.AddDays(days).UtcDateTime);
    }

    [Fact]
    public void ReadOrRenew_DamagedFile_SaysHowToMakeANewOne()
    {
        File.WriteAllText(Pem, "-----BEGIN CERTIFICATE-----");

        var failure = Assert.Throws<CommandException>(() => NodeCertificate.ReadOrRenew(Pem, Start));

        Assert.Equal(ExitCode.Storage, failure.Code);
        Assert.Contains("certificate renew", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renew_NoCertificate_MakesOneWithAnotherPinEachTime()
    {
        await File.WriteAllTextAsync(_folder.File("password"), "correct horse battery");
        var data = _folder.File("node");
        await Terminal.RunAsync(
            "init", "--data", data, "--password-file", _folder.File("password"), "--set",
            "nucypher.keystore.scrypt-log-rounds=10");
        File.Delete(Path.Combine(data, "tls.pem"));

        var one = await Terminal.RunAsync("certificate", "renew", "--data", data, "--json");
        var two = await Terminal.RunAsync("certificate", "renew", "--data", data, "--json");

        Assert.Equal((ExitCode.Success, ExitCode.Success), (one.Code, two.Code));
        Assert.NotEqual(one.Json.GetProperty("pin").GetString(), two.Json.GetProperty("pin").GetString());
    }
}

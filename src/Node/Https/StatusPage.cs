using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace NuCypher.P2P.Node.Https;

/// <summary>The status page: plain HTML, no script, nothing from elsewhere.</summary>
internal static class StatusPage
{
    private const string ByDay = "color: #1b1f24; background: #fff";

    private const string ByNight =
        "body { color: #e6edf3; background: #0d1117 } th, td { border-color: #30363d }";

    private const string Style = $$"""
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; {{ByDay}} }
        h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #d8dee4; vertical-align: top }
        th { font-weight: 600; white-space: nowrap } th[scope=row] { width: 12rem } td { overflow-wrap: anywhere }
        code { font: .9em ui-monospace, monospace }
        @media (prefers-color-scheme: dark) { {{ByNight}} }
        """;

    /// <summary>Allows this page's style and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        "default-src 'none'; "
        + $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page; every value is encoded.</summary>
    public static string Render(NodeStatus status) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="refresh" content="10">
        <title>nucypher node {Encode(status.NodeId[..8])}</title>
        <style>{Style}</style>
        </head>
        <body>
        <h1>nucypher node <code>{Encode(status.NodeId[..8])}</code></h1>
        <h2>Identity</h2>
        <table>
        {Row("Node id", Code(status.NodeId))}
        {Row("Verifying key", Code(status.VerifyingKey))}
        {Row("Swarm (UDP)", Code(status.Udp))}
        {Row("Service (HTTPS)", Code(status.Https))}
        {Row("Mode", Encode(status.Mode))}
        {Row("Version", Encode(status.Version))}
        </table>
        <h2>State</h2>
        <table>
        {Row("Uptime", Encode(Uptime(status)))}
        {Row("Policies held", Number(status.PoliciesHeld))}
        {Row("Re-encryptions", Number(status.Reencryptions))}
        {Row("Records held", Number(status.RecordsHeld))}
        {Row("Peers", Number(status.Peers.Count))}
        </table>
        <h2>Health</h2>
        <table>
        {string.Join('\n', status.Health.Select(h => Row(Encode(h.Name), Encode($"{h.Status}: {h.Words}"))))}
        </table>
        <h2>Peers</h2>
        <table>
        <tr><th>Node id</th><th>Address</th></tr>
        {string.Join('\n', status.Peers.Select(p => $"<tr><td>{Code(p.NodeId)}</td><td>{Code(p.Udp)}</td></tr>"))}
        </table>
        </body>
        </html>

        """;

    private static string Uptime(NodeStatus status) =>
        $"{TimeSpan.FromSeconds(status.UptimeSeconds):d\\.hh\\:mm\\:ss} "
        + $"since {status.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";

    private static string Row(string name, string value) => $"<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>";

    private static string Code(string text) => $"<code>{Encode(text)}</code>";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

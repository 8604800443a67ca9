using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace NuCypher.P2P.Node.Https;

/// <summary>What all pages have in common: plain HTML, one style, no script, nothing from elsewhere.</summary>
internal static class PageFrame
{
    private const string ByDay = "color: #1b1f24; background: #fff";

    private const string ByNight =
        "body { color: #e6edf3; background: #0d1117 } th, td { border-color: #30363d } svg text { fill: #e6edf3 }";

    private const string Style = $$"""
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; {{ByDay}} }
        h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
        table { border-collapse: collapse; width: 100% }
        th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #d8dee4; vertical-align: top }
        th { font-weight: 600; white-space: nowrap } th[scope=row] { width: 12rem } td { overflow-wrap: anywhere }
        code { font: .9em ui-monospace, monospace } a { color: #2f81f7 }
        svg { width: 100%; max-height: 14rem } .healthy { fill: #2da44e } .doubted { fill: #d4a72c }
        svg text { font-size: 12px; fill: #1b1f24 } .count { text-anchor: middle }
        @media (prefers-color-scheme: dark) { {{ByNight}} }
        """;

    /// <summary>Allows this style and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        "default-src 'none'; "
        + $"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>A page that looks again every ten seconds.</summary>
    /// <param name="title">Not encoded yet.</param>
    /// <param name="body">HTML.</param>
    public static string Render(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="refresh" content="10">
        <title>nucypher {Encode(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        {body}
        </body>
        </html>

        """;

    /// <summary>A row with a name of its own; the value is HTML.</summary>
    public static string Row(string name, string value) =>
        $"<tr><th scope=\"row\">{Encode(name)}</th><td>{value}</td></tr>";

    /// <summary>Text that is no prose.</summary>
    public static string Code(string text) => $"<code>{Encode(text)}</code>";

    /// <summary>With commas.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Safe in HTML.</summary>
    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

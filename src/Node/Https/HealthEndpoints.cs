using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// Whether the node lives, and whether it is ready: checks that look, each with what it saw, which only operators are
/// told.
/// </summary>
internal static class HealthEndpoints
{
    private const string Live = "live";
    private const string Ready = "ready";

    /// <summary>Registers the checks.</summary>
    public static void Add(IServiceCollection services, HttpsBackend backend)
    {
        var checks = services.AddHealthChecks();
        checks.AddAsyncCheck("actors", cancellation => AnswerAsync(backend, cancellation), [Live]);
        foreach (var name in HealthFinding.Names)
            checks.AddAsyncCheck(name, async () =>
                ResultOf((await backend.Health()).First(finding => finding.Name == name)), [Ready]);
    }

    /// <summary>Adds the paths.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, OperatorGate gate)
    {
        Map("/health", _ => true);
        Map("/health/live", check => check.Tags.Contains(Live));
        Map("/health/ready", check => check.Tags.Contains(Ready));

        void Map(string path, Func<HealthCheckRegistration, bool> isMeant) => endpoints.MapHealthChecks(
            path, new HealthCheckOptions
            {
                Predicate = isMeant,
                ResponseWriter = (context, report) => WriteAsync(context, report, gate.Lets(context)),
            });
    }

    private static async Task<HealthCheckResult> AnswerAsync(HttpsBackend backend, CancellationToken cancellation)
    {
        try
        {
            await backend.Status(cancellation);
            return HealthCheckResult.Healthy("answer");
        }
        catch (AskTimeoutException)
        {
            return HealthCheckResult.Unhealthy("do not answer in time");
        }
    }

    private static HealthCheckResult ResultOf(HealthFinding finding) => new(finding.Status, finding.Words);

    private static Task WriteAsync(HttpContext context, HealthReport report, bool withReasons) => withReasons
        ? context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.ToDictionary(
                    entry => entry.Key, entry =>
                    new { status = entry.Value.Status.ToString(), words = entry.Value.Description }),
            },
            context.RequestAborted)
        : context.Response.WriteAsJsonAsync(new { status = report.Status.ToString() }, context.RequestAborted);
}

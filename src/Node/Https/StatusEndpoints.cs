using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// What a node says about itself to its operator: JSON and metrics for programs, a page for people.
/// </summary>
internal sealed class StatusEndpoints(HttpsBackend backend, bool hasFigures)
{
    /// <summary>Adds the paths; of /metrics only if nobody else does.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        if (hasFigures)
            endpoints.MapGet("/metrics", (RequestDelegate)MetricsAsync).WithMetadata(OperatorGate.Mark);
        endpoints.MapGet("/v1/status", (RequestDelegate)StatusAsync).WithMetadata(OperatorGate.Mark);
        endpoints.MapGet("/v1/peers", (RequestDelegate)PeersAsync).WithMetadata(OperatorGate.Mark);
        endpoints.MapGet("/v1/swarm", (RequestDelegate)SwarmAsync).WithMetadata(OperatorGate.Mark);
        endpoints.MapGet("/", (RequestDelegate)PageAsync).WithMetadata(OperatorGate.Mark);
        endpoints.MapGet("/swarm", (RequestDelegate)SwarmPageAsync).WithMetadata(OperatorGate.Mark);
    }

    private Task MetricsAsync(HttpContext context) => AnswerAsync(context, backend.Status, status =>
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(Metrics.Render(status, Environment.WorkingSet), context.RequestAborted);
    });

    private Task StatusAsync(HttpContext context) => AnswerAsync(
        context, backend.Status, status => context.Response.WriteAsJsonAsync(status, context.RequestAborted));

    private Task PeersAsync(HttpContext context) => AnswerAsync(
        context, backend.Status, status => context.Response.WriteAsJsonAsync(status.Peers, context.RequestAborted));

    private Task SwarmAsync(HttpContext context) => AnswerAsync(
        context, backend.Swarm, swarm => context.Response.WriteAsJsonAsync(swarm, context.RequestAborted));

    private Task PageAsync(HttpContext context) =>
        AnswerAsync(context, backend.Status, status => WriteAsync(context, StatusPage.Render(status)));

    private Task SwarmPageAsync(HttpContext context) =>
        AnswerAsync(context, backend.Swarm, swarm => WriteAsync(context, SwarmPage.Render(swarm)));

    private static Task WriteAsync(HttpContext context, string page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = PageFrame.ContentSecurityPolicy;
        return context.Response.WriteAsync(page, context.RequestAborted);
    }

    private static async Task AnswerAsync<TStatus>(
        HttpContext context, Func<CancellationToken, Task<TStatus>> look, Func<TStatus, Task> write)
    {
        TStatus status;
        try
        {
            status = await look(context.RequestAborted);
        }
        catch (AskTimeoutException)
        {
            await Problem.WriteAsync(context.Response, ServiceStatus.TimedOut);
            return;
        }
        await write(status);
    }
}

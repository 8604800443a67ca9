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
        endpoints.MapGet("/", (RequestDelegate)PageAsync).WithMetadata(OperatorGate.Mark);
    }

    private Task MetricsAsync(HttpContext context) => AnswerAsync(context, status =>
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(Metrics.Render(status, Environment.WorkingSet), context.RequestAborted);
    });

    private Task StatusAsync(HttpContext context) =>
        AnswerAsync(context, status => context.Response.WriteAsJsonAsync(status, context.RequestAborted));

    private Task PeersAsync(HttpContext context) =>
        AnswerAsync(context, status => context.Response.WriteAsJsonAsync(status.Peers, context.RequestAborted));

    private Task PageAsync(HttpContext context) => AnswerAsync(context, status =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = StatusPage.ContentSecurityPolicy;
        return context.Response.WriteAsync(StatusPage.Render(status), context.RequestAborted);
    });

    private async Task AnswerAsync(HttpContext context, Func<NodeStatus, Task> write)
    {
        NodeStatus status;
        try
        {
            status = await backend.Status(context.RequestAborted);
        }
        catch (AskTimeoutException)
        {
            await Problem.WriteAsync(context.Response, ServiceStatus.TimedOut);
            return;
        }
        await write(status);
    }
}

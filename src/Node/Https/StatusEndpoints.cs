namespace NuCypher.P2P.Node.Https;

/// <summary>What a node says about itself: health, JSON and metrics for programs, a page for people.</summary>
internal sealed class StatusEndpoints(HttpsBackend backend)
{
    /// <summary>Adds the paths.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", (RequestDelegate)(context => context.Response.WriteAsync("healthy\n", context.RequestAborted)));
        endpoints.MapGet("/metrics", (RequestDelegate)MetricsAsync);
        endpoints.MapGet("/v1/status", (RequestDelegate)StatusAsync);
        endpoints.MapGet("/v1/peers", (RequestDelegate)PeersAsync);
        endpoints.MapGet("/", (RequestDelegate)PageAsync);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        var status = await backend.Status(context.RequestAborted);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(Metrics.Render(status, Environment.WorkingSet), context.RequestAborted);
    }

    private async Task StatusAsync(HttpContext context) =>
        await context.Response.WriteAsJsonAsync(await backend.Status(context.RequestAborted), context.RequestAborted);

    private async Task PeersAsync(HttpContext context) =>
        await context.Response.WriteAsJsonAsync((await backend.Status(context.RequestAborted)).Peers, context.RequestAborted);

    private async Task PageAsync(HttpContext context)
    {
        var status = await backend.Status(context.RequestAborted);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = StatusPage.ContentSecurityPolicy;
        await context.Response.WriteAsync(StatusPage.Render(status), context.RequestAborted);
    }
}

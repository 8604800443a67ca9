using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace NuCypher.P2P.Node.Https;

/// <summary>OpenTelemetry's exporters over the project's meters and those of .NET; nothing of it is made while they are
/// off.</summary>
internal static class Telemetry
{
    private const string Path = "/metrics";

    /// <summary>Registers the exporters that are on.</summary>
    public static void Add(IServiceCollection services, MetricsOptions options) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("nucypher"))
        .WithMetrics(metrics =>
        {
            metrics.AddMeter("NuCypher.P2P.*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel");
            if (options.Prometheus)
                metrics.AddPrometheusExporter();
            if (options.Otlp)
                metrics.AddOtlpExporter();
        });

    /// <summary>Has the gauges looked up before each scrape, and adds the path.</summary>
    public static void Map(WebApplication application, NodeGauges gauges)
    {
        application.Use(async (context, next) =>
        {
            if (context.Request.Path == Path)
                await gauges.RefreshAsync(context.RequestAborted);
            await next(context);
        });
        application.MapPrometheusScrapingEndpoint(Path).WithMetadata(OperatorGate.Mark);
    }
}

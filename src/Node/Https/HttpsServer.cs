using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// A node's front door: Kestrel, TLS with the node's own certificate, limits on everything that a stranger can send.
/// </summary>
internal sealed class HttpsServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly NodeGauges? _gauges;

    private HttpsServer(WebApplication application, NodeGauges? gauges) =>
        (_application, _gauges) = (application, gauges);

    /// <summary>The address that it listens on, with the port that the system chose if it was asked to.</summary>
    public IPEndPoint Address
    {
        get
        {
            var addresses = _application.Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>();
            var uri = new Uri(addresses.Addresses.Single());
            return new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port);
        }
    }

    /// <summary>Listens.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="Errors.CommandException">An operator's network can't be one.</exception>
    public static async Task<HttpsServer> StartAsync(
        IPEndPoint address, X509Certificate2 certificate, HttpsBackend backend, HttpsOptions options,
        ILoggerFactory logs,
        MetricsOptions? metrics = null)
    {
        var limiter = new ConnectionLimiter(options);
        var gate = new OperatorGate(options.Operators);
        metrics ??= new MetricsOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            Limit(kestrel, options);
            kestrel.Listen(address, listen =>
            {
                // one request a connection at a time, so that connections limit requests
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(limiter.Limit);
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.SslProtocols = SslProtocols.Tls13;
                    https.HandshakeTimeout = options.ReadTimeLimit;
                });
            });
        });
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRoutingCore();
        HealthEndpoints.Add(builder.Services, backend);
        builder.Services.AddRateLimiter(rates =>
        {
            rates.GlobalLimiter = SourceLimiter.Create(options);
            rates.OnRejected = (rejected, _) =>
                new(Problem.WriteAsync(rejected.HttpContext.Response, ServiceStatus.RateLimited));
        });
        if (metrics.IsOn)
            Telemetry.Add(builder.Services, metrics);
        var server = new HttpsServer(
            builder.Build(), metrics.IsOn ? new NodeGauges(backend.Status, backend.Swarm) : null);
        server.Map(backend, options, limiter, gate, metrics);
        await server._application.StartAsync();
        return server;
    }

    /// <summary>
    /// Lets running requests end, for at most <paramref name="timeLimit"/>; new connections are refused.
    /// </summary>
    public async Task StopAsync(TimeSpan timeLimit)
    {
        using var limit = new CancellationTokenSource(timeLimit);
        await _application.StopAsync(limit.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _gauges?.Dispose();
        await _application.DisposeAsync();
    }

    private static void Limit(KestrelServerOptions kestrel, HttpsOptions options)
    {
        kestrel.AddServerHeader = false;
        // those that gave way may take a moment to be gone
        kestrel.Limits.MaxConcurrentConnections = 2L * options.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 32;
        kestrel.Limits.MaxRequestLineSize = 2 * 1024;
        kestrel.Limits.RequestHeadersTimeout = options.ReadTimeLimit;
        kestrel.Limits.KeepAliveTimeout = options.KeepAlive;
    }

    private void Map(
        HttpsBackend backend, HttpsOptions options, ConnectionLimiter limiter, OperatorGate gate,
        MetricsOptions metrics)
    {
        _application.Use(limiter.WatchAsync);
        _application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerFaultAsync,
            SuppressDiagnosticsCallback = fault => IsClients(fault.Exception),
        });
        _application.UseStatusCodePages(page => Problem.WriteAsync(
            page.HttpContext.Response, page.HttpContext.Response.StatusCode, "no-such-path",
            "There is nothing at this path."));
        _application.Use(HardenAsync);
        _application.UseRateLimiter();
        _application.UseRouting();
        _application.Use(gate.CheckAsync);
        if (metrics.Prometheus)
            Telemetry.Map(_application, _gauges!); // made because it is on
        if (metrics.Otlp)
            _ = _gauges!.KeepAsync(); // ends with the server
        new ServiceEndpoints(backend, options).Map(_application);
        new MapEndpoints(backend, options).Map(_application);
        new StatusEndpoints(backend, hasFigures: !metrics.Prometheus).Map(_application);
        HealthEndpoints.Map(_application, gate);
    }

    private static Task AnswerFaultAsync(HttpContext context) =>
        IsClients(context.Features.Get<IExceptionHandlerFeature>()?.Error)
            ? Problem.WriteAsync(context.Response, ServiceStatus.Malformed)
            : Problem.WriteAsync(context.Response, 500, "internal-error", "The node failed; its log says more.");

    // Nothing below reads a file or calls another machine: what fails to be read or written is the client's connection.
    private static bool IsClients(Exception? fault) => fault is IOException or OperationCanceledException;

    private static Task HardenAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}

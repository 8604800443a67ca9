using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>The paths that carry protocol objects to Ursula.</summary>
internal sealed class ServiceEndpoints(HttpsBackend backend, HttpsOptions options)
{
    private readonly FairGate _gate = new(options.MaxServiceRequests);

    /// <summary>Adds a path for every kind of service.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var log = new ServiceLog(
            endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("service"),
            TimeProvider.System);
        foreach (var route in ServiceRoute.All)
            endpoints.MapMethods(route.Path, [route.Method.Method], context => AnswerAsync(context, route, log));
    }

    private async Task AnswerAsync(HttpContext context, ServiceRoute route, ServiceLog log)
    {
        if (route.Method == HttpMethod.Post && context.Request.ContentType != ServiceRoute.ContentType)
        {
            await Problem.WriteAsync(context.Response, 415, "content-type", $"Send {ServiceRoute.ContentType}.");
            return;
        }
        var (status, body) = await RequestBody.ReadAsync(context.Request, route.MaxRequestSize, options.ReadTimeLimit);
        var reply = status == ServiceStatus.Ok
            ? await ServiceMeter.RunAsync(route.Kind, () => ServeAsync(context, RequestOf(context, route, body)))
            : new ServiceReply(status, default);
        log.Write(route.Kind, reply, wasAsked: status == ServiceStatus.Ok);
        await (status == ServiceStatus.TimedOut
            ? Problem.WriteLateAsync(context.Response)
            : WriteAsync(context, reply));
    }

    // Who has its whole request here, and nothing under way, waits for a place: a slow body holds none.
    private async Task<ServiceReply> ServeAsync(HttpContext context, ServiceRequest request)
    {
        var source = SourceAddress.Of(request.Source);
        if (!await _gate.TryEnterAsync(source, options.ServiceTimeLimit, context.RequestAborted))
            return new ServiceReply(ServiceStatus.Busy, default);
        try
        {
            return await backend.Serve(request, context.RequestAborted);
        }
        finally
        {
            _gate.Leave(source);
        }
    }

    private static ServiceRequest RequestOf(HttpContext context, ServiceRoute route, ReadOnlyMemory<byte> body)
    {
        var source = context.Connection.RemoteIpAddress;
        if (source is { IsIPv4MappedToIPv6: true })
            source = source.MapToIPv4();
        return new ServiceRequest(route.Kind, body) { Source = source };
    }

    private static async Task WriteAsync(HttpContext context, ServiceReply reply)
    {
        if (reply.Status is not (ServiceStatus.Ok or ServiceStatus.Refused) || reply.Body.IsEmpty)
        {
            await Problem.WriteAsync(context.Response, reply.Status);
            return;
        }
        context.Response.StatusCode = ServiceRoute.StatusCodeOf(reply.Status);
        context.Response.ContentType = ServiceRoute.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }
}

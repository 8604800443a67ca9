using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>The paths that carry protocol objects to Ursula.</summary>
internal sealed class ServiceEndpoints(HttpsBackend backend, HttpsOptions options)
{
    /// <summary>Adds a path for every kind of service.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var route in ServiceRoute.All)
            endpoints.MapMethods(route.Path, [route.Method.Method], context => AnswerAsync(context, route));
    }

    private async Task AnswerAsync(HttpContext context, ServiceRoute route)
    {
        if (route.Method == HttpMethod.Post && context.Request.ContentType != ServiceRoute.ContentType)
        {
            await Problem.WriteAsync(context.Response, 415, "content-type", $"Send {ServiceRoute.ContentType}.");
            return;
        }
        var (status, body) = await RequestBody.ReadAsync(context.Request, route.MaxRequestSize, options.ReadTimeLimit);
        if (status == ServiceStatus.Ok)
            await WriteAsync(context, await backend.Serve(new ServiceRequest(route.Kind, body), context.RequestAborted));
        else
            await Problem.WriteAsync(context.Response, status);
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

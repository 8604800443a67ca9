using System.Buffers;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// Treasure maps (and every other signed record) by their key, for those who don't speak the swarm's UDP.
/// </summary>
internal sealed class MapEndpoints(HttpsBackend backend, HttpsOptions options)
{
    private const string Path = "/v1/maps/{key}";
    private const int KeySize = 20;

    private readonly FairGate _gate = new(options.MaxMapRequests);

    /// <summary>Adds the two paths.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, (RequestDelegate)(context => LimitAsync(context, FetchAsync)));
        endpoints.MapPut(Path, (RequestDelegate)(context => LimitAsync(context, StoreAsync)));
    }

    private async Task LimitAsync(HttpContext context, RequestDelegate serve)
    {
        var source = SourceAddress.Of(context.Connection.RemoteIpAddress);
        if (!await _gate.TryEnterAsync(source, options.ServiceTimeLimit, context.RequestAborted))
        {
            await Problem.WriteAsync(context.Response, ServiceStatus.Busy);
            return;
        }

        try
        {
            await serve(context);
        }
        finally
        {
            _gate.Leave(source);
        }
    }

    private async Task FetchAsync(HttpContext context)
    {
        if (!TryReadKey(context, out var key))
        {
            await Problem.WriteAsync(context.Response, ServiceStatus.Malformed);
            return;
        }
        if (await backend.FetchRecord(key) is not { } record)
        {
            await Problem.WriteAsync(context.Response, 404, "no-record", "The swarm has no record under this key.");
            return;
        }
        context.Response.ContentType = ServiceRoute.ContentType;
        context.Response.ContentLength = record.Length;
        await context.Response.Body.WriteAsync(record, context.RequestAborted);
    }

    private async Task StoreAsync(HttpContext context)
    {
        var (status, body) = TryReadKey(context, out var key)
            ? await RequestBody.ReadAsync(context.Request, options.MaxRecordSize, options.ReadTimeLimit)
            : (ServiceStatus.Malformed, default);
        if (status == ServiceStatus.TimedOut)
        {
            await Problem.WriteLateAsync(context.Response);
            return;
        }

        if (status == ServiceStatus.Ok)
            status = await backend.StoreRecord(key, body);
        if (status == ServiceStatus.Ok)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await Problem.WriteAsync(context.Response, status);
    }

    private static bool TryReadKey(HttpContext context, out byte[] key)
    {
        key = new byte[KeySize];
        return context.GetRouteValue("key") is string { Length: 2 * KeySize } text
            && Convert.FromHexString(text, key, out _, out _) == OperationStatus.Done;
    }
}

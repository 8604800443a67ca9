using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Links;

/// <summary>One call on the wire: request, reply, and what every way of failing means.</summary>
internal static class HttpsExchange
{
    /// <summary>Runs the call; ends with an answer whatever the network or the other side does.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="call">What to send.</param>
    /// <param name="maxReplySize">Bytes; a longer reply is <c>TooLarge</c>.</param>
    /// <param name="timeLimit">Cancelled when the call's time is over: <c>TimedOut</c>.</param>
    public static async Task<ServiceAnswer> RunAsync(
        PinnedTarget target, ServiceCall call, int maxReplySize, CancellationToken timeLimit)
    {
        var route = ServiceRoute.Of(call.Kind);
        if (call.Body.Length > route.MaxRequestSize)
            return Failed(call, ServiceStatus.TooLarge);
        try
        {
            using var response = await target.SendAsync(route, call.Body, timeLimit);
            return await ReadAsync(response, call, maxReplySize, timeLimit);
        }
        catch (OperationCanceledException)
        {
            return Failed(call, timeLimit.IsCancellationRequested ? ServiceStatus.TimedOut : ServiceStatus.Unreachable);
        }
        catch (HttpRequestException e)
        {
            return Failed(call, IsPinMismatch(e) ? ServiceStatus.PinMismatch : ServiceStatus.Unreachable);
        }
        catch (IOException)
        {
            return Failed(call, ServiceStatus.Unreachable);
        }
    }

    /// <summary>The answer to a call that got no reply.</summary>
    public static ServiceAnswer Failed(ServiceCall call, ServiceStatus status) => new(call.CallId, status, default);

    private static async Task<ServiceAnswer> ReadAsync(
        HttpResponseMessage response, ServiceCall call, int maxReplySize, CancellationToken timeLimit)
    {
        var status = ServiceRoute.StatusOf((int)response.StatusCode);
        if (status is ServiceStatus.RateLimited or ServiceStatus.Busy)
            return Failed(call, status) with { RetryAfter = response.Headers.RetryAfter?.Delta };
        if (status is not (ServiceStatus.Ok or ServiceStatus.Refused))
            return Failed(call, status);
        if (response.Content.Headers.ContentType?.MediaType != ServiceRoute.ContentType)
            return Failed(call, ServiceStatus.Unreachable);
        if (response.Content.Headers.ContentLength > maxReplySize)
            return Failed(call, ServiceStatus.TooLarge);
        var body = await ReadBodyAsync(response.Content, maxReplySize, timeLimit);
        return body is null ? Failed(call, ServiceStatus.TooLarge) : new ServiceAnswer(call.CallId, status, body);
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContent content, int maxReplySize, CancellationToken timeLimit)
    {
        using var stream = await content.ReadAsStreamAsync(timeLimit);
        var body = new byte[Math.Min(content.Headers.ContentLength ?? maxReplySize, maxReplySize) + 1];
        var count = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, timeLimit);
        return count == body.Length ? null : body[..count];
    }

    private static bool IsPinMismatch(Exception? exception) =>
        exception is PinnedTarget.PinMismatchException
            || (exception is not null && IsPinMismatch(exception.InnerException));
}

using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>Reads a body that a stranger sends: never more than the limit, never for longer than the limit.</summary>
internal static class RequestBody
{
    /// <summary>Reads the whole body; the status is <c>Ok</c>, or why there is none.</summary>
    public static async Task<(ServiceStatus Status, ReadOnlyMemory<byte> Body)> ReadAsync(
        HttpRequest request, int maxSize, TimeSpan timeLimit)
    {
        if (request.ContentLength > maxSize)
            return (ServiceStatus.TooLarge, default);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(timeLimit);
        try
        {
            var body = new byte[(request.ContentLength ?? maxSize) + 1];
            var count = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, limit.Token);
            return count == body.Length
                ? (ServiceStatus.TooLarge, default)
                : (ServiceStatus.Ok, body.AsMemory(0, count));
        }
        // a chunk's size that overflows, a connection that ends; BadHttpRequestException is one too
        catch (IOException e)
        {
            var isTooLarge = e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
            return (isTooLarge ? ServiceStatus.TooLarge : ServiceStatus.Malformed, default);
        }
        catch (OperationCanceledException)
        {
            return (ServiceStatus.TimedOut, default);
        }
    }
}

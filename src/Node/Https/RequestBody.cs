using System.Buffers;
using System.IO.Pipelines;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>Reads a body that a stranger sends: never more than the limit, never for longer than the limit.</summary>
internal static class RequestBody
{
    /// <summary>
    /// Reads the whole body; the status is <c>Ok</c>, or why there is none; <c>TimedOut</c> if it did not come in time.
    /// </summary>
    public static async Task<(ServiceStatus Status, ReadOnlyMemory<byte> Body)> ReadAsync(
        HttpRequest request, int maxSize, TimeSpan timeLimit)
    {
        if (request.ContentLength > maxSize)
            return (ServiceStatus.TooLarge, default);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(timeLimit);
        // A read that is cancelled by a token stays open in Kestrel, which then logs an error of its own.
        await using var registration = limit.Token.UnsafeRegister(
            reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        try
        {
            return await ReadAsync(request.BodyReader, maxSize);
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

    private static async Task<(ServiceStatus Status, ReadOnlyMemory<byte> Body)> ReadAsync(
        PipeReader reader, int maxSize)
    {
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var result = await reader.ReadAsync();
            if (body.WrittenCount + result.Buffer.Length > maxSize)
                return End(ServiceStatus.TooLarge);
            foreach (var part in result.Buffer)
                body.Write(part.Span);
            if (result.IsCompleted)
                return End(ServiceStatus.Ok);
            if (result.IsCanceled)
                return End(ServiceStatus.TimedOut);
            reader.AdvanceTo(result.Buffer.End);

            (ServiceStatus Status, ReadOnlyMemory<byte> Body) End(ServiceStatus status)
            {
                reader.AdvanceTo(result.Buffer.End);
                return (status, status == ServiceStatus.Ok ? body.WrittenMemory : default);
            }
        }
    }
}

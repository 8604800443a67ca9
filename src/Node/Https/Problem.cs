using Microsoft.AspNetCore.Mvc;
using NuCypher.P2P.Actors.Links;
using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// Typed problem details (RFC 9457): <c>urn:nucypher:problem:…</c> says what a program should do about it.
/// </summary>
internal static class Problem
{
    /// <summary>Whole seconds, as HTTP has them; a source's tokens, and places, come back sooner.</summary>
    private const string RetryAfterSeconds = "1";

    /// <summary>Ends a response with the problem that stands for a status of the service.</summary>
    public static Task WriteAsync(HttpResponse response, ServiceStatus status) => status switch
    {
        ServiceStatus.Malformed => WriteAsync(response, status, "malformed", "The body is not what this path takes."),
        ServiceStatus.Refused => WriteAsync(response, status, "refused", "The node does not accept this."),
        ServiceStatus.TooLarge =>
            WriteAsync(response, status, "too-large", "The body is longer than this path's limit."),
        ServiceStatus.RateLimited =>
            WriteLaterAsync(response, status, "rate-limited", "Too many requests from this address, or with this key."),
        ServiceStatus.Busy =>
            WriteLaterAsync(response, status, "busy", "The node has more work than it accepts."),
        ServiceStatus.CannotStore => WriteAsync(
            response, status, "cannot-store",
            "The node's disk is full or fails; it serves what needs no write. Try again later."),
        ServiceStatus.TimedOut => WriteAsync(response, status, "timed-out", "The node did not answer in time."),
        _ => WriteAsync(response, status, "unreachable", "The node could not reach what the request needs."),
    };

    /// <summary>Ends a response, and the connection, whose request's body is not there in time.</summary>
    public static Task WriteLateAsync(HttpResponse response)
    {
        response.Headers.Connection = "close";
        return WriteAsync(response, StatusCodes.Status408RequestTimeout, "late", "The body did not come in time.");
    }

    /// <summary>Ends a response with a problem that has no status of the service.</summary>
    public static Task WriteAsync(HttpResponse response, int statusCode, string type, string title)
    {
        response.StatusCode = statusCode;
        ServiceMeter.Count(type);
        var problem = new ProblemDetails { Type = $"urn:nucypher:problem:{type}", Title = title, Status = statusCode };
        return response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }

    // Nothing of the request was done: it may be sent again as it is.
    private static Task WriteLaterAsync(HttpResponse response, ServiceStatus status, string type, string title)
    {
        response.Headers.RetryAfter = RetryAfterSeconds;
        return WriteAsync(response, status, type, title);
    }

    private static Task WriteAsync(HttpResponse response, ServiceStatus status, string type, string title) =>
        WriteAsync(response, ServiceRoute.StatusCodeOf(status), type, title);
}

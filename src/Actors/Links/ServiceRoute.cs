using NuCypher.P2P.Policy.Services;

namespace NuCypher.P2P.Actors.Links;

/// <summary>How a service call looks in HTTP: the same table for the one who calls and the one who answers.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Absolute path.</param>
/// <param name="MaxRequestSize">Longest body to send or to accept, in bytes.</param>
public sealed record ServiceRoute(ServiceKind Kind, HttpMethod Method, string Path, int MaxRequestSize)
{
    /// <summary>Content type of bodies both ways; a refusal has it too, a problem has not.</summary>
    public const string ContentType = "application/octet-stream";

    private const int MaxSize = 4 * 1024;

    /// <summary>Every route, ordered by <see cref="Kind"/>.</summary>
    /// <remarks>The largest honest object, a re-encryption request with 16 capsules, has some 2,000 bytes.</remarks>
    public static IReadOnlyList<ServiceRoute> All { get; } =
    [
        new(ServiceKind.Information, HttpMethod.Get, "/v1/information", 0),
        new(ServiceKind.ProposeArrangement, HttpMethod.Post, "/v1/arrangements", MaxSize),
        new(ServiceKind.DepositKeyFrag, HttpMethod.Post, "/v1/kfrags", MaxSize),
        new(ServiceKind.Reencrypt, HttpMethod.Post, "/v1/reencrypt", MaxSize),
        new(ServiceKind.Renew, HttpMethod.Post, "/v1/renew", MaxSize),
        new(ServiceKind.Revoke, HttpMethod.Post, "/v1/revoke", MaxSize),
        new(ServiceKind.Reach, HttpMethod.Post, "/v1/reach", MaxSize),
        new(ServiceKind.Guests, HttpMethod.Get, "/v1/guests", 0),
    ];

    /// <summary>The route of a kind.</summary>
    public static ServiceRoute Of(ServiceKind kind) => All[(int)kind];

    /// <summary>The HTTP status that says <paramref name="status"/>.</summary>
    public static int StatusCodeOf(ServiceStatus status) => status switch
    {
        ServiceStatus.Ok => 200,
        ServiceStatus.Malformed => 400,
        ServiceStatus.Refused => 403,
        ServiceStatus.TooLarge => 413,
        ServiceStatus.RateLimited => 429,
        ServiceStatus.Busy => 503,
        ServiceStatus.TimedOut => 504,
        ServiceStatus.CannotStore => 507,
        _ => 502,
    };

    /// <summary>
    /// What an HTTP status of the other side means to the caller; one that no node sends is <c>Unreachable</c>.
    /// </summary>
    public static ServiceStatus StatusOf(int statusCode) => statusCode switch
    {
        200 => ServiceStatus.Ok,
        403 => ServiceStatus.Refused,
        400 or 404 or 405 or 415 => ServiceStatus.Malformed,
        413 => ServiceStatus.TooLarge,
        429 => ServiceStatus.RateLimited,
        503 => ServiceStatus.Busy,
        504 => ServiceStatus.TimedOut,
        507 => ServiceStatus.CannotStore,
        _ => ServiceStatus.Unreachable,
    };
}

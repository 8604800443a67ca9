using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>A call that is under way, and how to judge its answer.</summary>
internal sealed record PendingCall<TPurpose>(
    ServiceTarget Target, Digest Request, TPurpose Purpose, DateTimeOffset StartedAt)
{
    public UrsulaOutcome Outcome(
        UrsulaOutcomeKind kind, DateTimeOffset now, RefusalReason reason = RefusalReason.None) =>
        new(Target.Id, kind, reason, now - StartedAt);

    /// <summary>
    /// Reads an answer; null with the outcome of a refusal or failure if it is not a signed answer to this request.
    /// </summary>
    public TBody? Read<TBody>(
        ServiceStatus status, ReadOnlySpan<byte> body, DateTimeOffset now, out UrsulaOutcome? failure)
        where TBody : class, IProtocolBody<TBody>, IUrsulaAnswer
    {
        var answer = status == ServiceStatus.Ok ? Verified<TBody>(body) : null;
        failure = answer is null ? Failure(status, body, now) : null;
        return answer;
    }

    private UrsulaOutcome Failure(ServiceStatus status, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (status == ServiceStatus.Refused && Verified<ServiceRefusal>(body) is { } refusal)
            return Outcome(UrsulaOutcomeKind.Refused, now, refusal.Reason) with { ClockAhead = refusal.At - now };
        return Outcome(KindOf(status), now);
    }

    private TBody? Verified<TBody>(ReadOnlySpan<byte> body)
        where TBody : class, IProtocolBody<TBody>, IUrsulaAnswer =>
        SignedMessage.TryRead<TBody>(body, out var message, out _)
        && message.Claims.Request == Request
        && message.Claims.Ursula == Target.Id
        && message.Verify(Target.VerifyingKey, out var verified)
            ? verified.Body
            : null;

    private static UrsulaOutcomeKind KindOf(ServiceStatus status) => status switch
    {
        ServiceStatus.Unreachable => UrsulaOutcomeKind.Unreachable,
        ServiceStatus.TimedOut => UrsulaOutcomeKind.TimedOut,
        ServiceStatus.PinMismatch => UrsulaOutcomeKind.PinMismatch,
        ServiceStatus.RateLimited or ServiceStatus.Busy => UrsulaOutcomeKind.Overloaded,
        ServiceStatus.CannotStore => UrsulaOutcomeKind.CannotStore,
        _ => UrsulaOutcomeKind.BadAnswer,
    };
}

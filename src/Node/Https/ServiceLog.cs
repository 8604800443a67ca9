using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// A line in the log for each request to Ursula: what was asked and what came of it, never who asked or about which
/// policy.
/// </summary>
/// <remarks>
/// What an Ursula does is information; what she can make nothing of is for debugging, since strangers can send any
/// amount of it. Of information there are at most <see cref="MaxLinesPerSecond"/> lines a second; what is more becomes
/// lines for debugging.
/// </remarks>
internal sealed class ServiceLog(ILogger log, TimeProvider time)
{
    /// <summary>The most lines of information in a second.</summary>
    public const int MaxLinesPerSecond = 20;

    private readonly Lock _lock = new();
    private long _second;
    private int _lines;

    /// <summary>Writes the line of a request that was answered.</summary>
    /// <param name="kind">What was asked.</param>
    /// <param name="reply">What came of it.</param>
    /// <param name="wasAsked">Whether Ursula got it: otherwise its body was none.</param>
    public void Write(ServiceKind kind, ServiceReply reply, bool wasAsked = true)
    {
        var isPlain = wasAsked && kind is not (ServiceKind.Information or ServiceKind.Reach or ServiceKind.Guests)
            && reply.Status is not (ServiceStatus.Malformed or ServiceStatus.TooLarge);
        var level = isPlain && MayInform() ? LogLevel.Information : LogLevel.Debug;
        if (log.IsEnabled(level))
            log.Log(level, "{Service}: {Outcome}", NameOf(kind), OutcomeOf(reply));
    }

    private bool MayInform()
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        lock (_lock)
        {
            (_second, _lines) = (second, second == _second ? _lines + 1 : 1);
            return _lines <= MaxLinesPerSecond;
        }
    }

    private static string NameOf(ServiceKind kind) => kind switch
    {
        ServiceKind.ProposeArrangement => "arrangement",
        ServiceKind.DepositKeyFrag => "deposit",
        ServiceKind.Reencrypt => "re-encryption",
        ServiceKind.Renew => "renewal",
        ServiceKind.Revoke => "revocation",
        ServiceKind.Reach => "call back",
        ServiceKind.Guests => "guests",
        _ => "information",
    };

    private static string OutcomeOf(ServiceReply reply) => reply.Status switch
    {
        ServiceStatus.Ok => "done",
        ServiceStatus.Refused when SignedMessage.TryRead<ServiceRefusal>(reply.Body.Span, out var refusal, out _) =>
            $"refused, {refusal.Claims.Reason}",
        var status => $"not done, {status}",
    };
}

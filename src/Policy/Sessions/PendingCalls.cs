using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Sessions;

/// <summary>The calls of a session that are under way.</summary>
/// <typeparam name="TPurpose">What the session remembers with a call.</typeparam>
internal sealed class PendingCalls<TPurpose>
{
    private readonly Dictionary<long, PendingCall<TPurpose>> _calls = [];
    private long _lastId;

    public int Count => _calls.Count;

    /// <summary>In the order in which they began.</summary>
    public IEnumerable<PendingCall<TPurpose>> All => _calls.OrderBy(call => call.Key).Select(call => call.Value);

    public CallUrsula Start<TBody>(
        ServiceTarget target, ServiceKind operation, VerifiedMessage<TBody> request, TPurpose purpose,
        DateTimeOffset now, TimeSpan timeLimit)
        where TBody : class, IProtocolBody<TBody>
    {
        _calls.Add(++_lastId, new PendingCall<TPurpose>(target, request.Hash, purpose, now));
        return new CallUrsula(_lastId, target, operation, request.Bytes, timeLimit);
    }

    /// <summary>Ends a call; null if it was ended before or never began.</summary>
    public PendingCall<TPurpose>? End(long callId) => _calls.Remove(callId, out var call) ? call : null;
}

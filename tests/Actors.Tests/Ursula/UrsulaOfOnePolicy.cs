using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Tests.Ursula;

/// <summary>An honest Ursula without actors, journal or time; she knows the first policy asked about.</summary>
internal sealed class UrsulaOfOnePolicy(ProxyKeys keys) : IDisposable
{
    private static readonly OperatingSystemRandom Random = new();
    private UrsulaPolicy? _policy;

    public ServiceReply Serve(ServiceRequest request, DateTimeOffset now)
    {
        Assert.True(UrsulaRequest.TryRead(request.Kind, request.Body.Span, out var read, out _));
        _policy ??= new UrsulaPolicy(read.Policy, keys, new UrsulaOptions());
        var decision = _policy.Decide(read, default, ClockReading.Certain(now, TimeSpan.FromDays(1)), Random);
        foreach (var policyEvent in decision.Events)
            _policy.Apply(policyEvent);
        return new ServiceReply(decision.IsAccepted ? ServiceStatus.Ok : ServiceStatus.Refused, decision.Reply);
    }

    public void Dispose() => _policy?.Dispose();
}

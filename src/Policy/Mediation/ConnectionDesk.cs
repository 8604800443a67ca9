using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Mediation;

/// <summary>Whom an Ursula lets connect: who shows a token that is signed, hers, in time, his and new. Pure.</summary>
/// <param name="options">Limits.</param>
/// <param name="self">Her node id.</param>
/// <param name="start">Now.</param>
/// <param name="key">Unpredictable.</param>
public sealed class ConnectionDesk(MediationOptions options, NodeId self, Moment start, int key)
{
    private readonly MessageGate _gate = new(options, start, key);

    /// <summary>Whether a token opens a connection; one that does never does again. Never throws.</summary>
    public bool Admits(Moment now, NodeAddress from, ReadOnlySpan<byte> token)
    {
        if (!SignedMessage.TryRead<ConnectionToken>(token, out var message, out _))
            return false;
        var claims = message.Claims;
        var isGenuine = claims.Ursula == self && claims.From.Address.Equals(from.Address)
            && _gate.HasTimeFor(from, now) && _gate.IsFresh(claims.Nonce, claims.At, now)
            && message.Verify(claims.Caller, out _);
        if (isGenuine)
            _gate.Remember(claims.Nonce, claims.At, now);
        return isGenuine;
    }
}

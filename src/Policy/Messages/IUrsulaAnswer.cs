using NuCypher.P2P.Dht;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>What every answer of an Ursula says: to which request, and who answers.</summary>
internal interface IUrsulaAnswer
{
    /// <summary>The hash of the request, signature included.</summary>
    Digest Request { get; }

    /// <summary>The answering Ursula.</summary>
    NodeId Ursula { get; }
}

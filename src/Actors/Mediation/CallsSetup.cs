using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Mediation;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Mediation;

/// <summary>What the calls actor needs.</summary>
public sealed record CallsSetup
{
    /// <summary>Limits.</summary>
    public MediationOptions Options { get; init; } = new();

    /// <summary>The node's keys; must live as long as the actor.</summary>
    public required Identity Identity { get; init; }

    /// <summary>Sends and receives.</summary>
    public required IActorRef Transport { get; init; }

    /// <summary>Keys, nonces and seals are drawn from it.</summary>
    public required RandomSource Random { get; init; }

    /// <summary>Draws what only has to be unpredictable.</summary>
    public required Random Choice { get; init; }

    /// <summary>Verifies the records of guests.</summary>
    public SignatureVerifier Verifier { get; init; } = RecordSignatures.Verify;
}

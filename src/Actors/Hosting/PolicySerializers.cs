using NuCypher.P2P.ActorRuntime.Hosting;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Hosting;

/// <summary>The events of Ursula's policies and Alice's grants, as the journal keeps them.</summary>
public static class PolicySerializers
{
    /// <summary>Registers every event.</summary>
    public static EventSerializers Create()
    {
        var serializers = new EventSerializers();
        AddPolicyEvent<PolicyArranged>(serializers, "policy-arranged/1");
        AddPolicyEvent<ArrangementLapsed>(serializers, "arrangement-lapsed/1");
        AddPolicyEvent<KeyFragDeposited>(serializers, "kfrag-deposited/1");
        AddPolicyEvent<PolicyRenewed>(serializers, "policy-renewed/1");
        AddPolicyEvent<PolicyRevoked>(serializers, "policy-revoked/1");
        AddPolicyEvent<PolicyExpired>(serializers, "policy-expired/1");
        AddGrantEvent<GrantMade>(serializers, "grant-made/1");
        AddGrantEvent<GrantRenewed>(serializers, "grant-renewed/1");
        AddGrantEvent<OrderIssued>(serializers, "order-issued/1");
        AddGrantEvent<RevocationConfirmed>(serializers, "revocation-confirmed/1");
        return serializers;
    }

    private static void AddPolicyEvent<TEvent>(EventSerializers serializers, string manifest)
        where TEvent : PolicyEvent => serializers.Add<TEvent>(
            manifest, e => e.ToBytes(), bytes => PolicyEvents.TryRead(manifest, bytes.Span, out var read)
                ? (TEvent)read
                : throw new InvalidDataException($"The journal holds a {manifest} that can't be read."));

    private static void AddGrantEvent<TEvent>(EventSerializers serializers, string manifest)
        where TEvent : GrantEvent => serializers.Add<TEvent>(
            manifest, e => e.ToBytes(), bytes => GrantEvents.TryRead(manifest, bytes.Span, out var read)
                ? (TEvent)read
                : throw new InvalidDataException($"The journal holds a {manifest} that can't be read."));
}

using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Actors.Tests.Ursula;

/// <summary>
/// An Alice, a Bob and an Ursula without a network: makes the requests that each sends, one Ursula, threshold 1.
/// </summary>
internal sealed class PolicyParties
{
    private static readonly RandomSource Random = new OperatingSystemRandom();

    public PolicyParties(Identity? ursula = null) => Ursula = ursula ?? Identity.Random(Random);

    public Identity Alice { get; } = Identity.Random(Random);

    public Identity Bob { get; } = Identity.Random(Random);

    public Identity Ursula { get; }

    public Capsule Capsule { get; } = ProxyReencryption.Encapsulate(
        Identity.Random(Random).EncryptingKey, Random).Capsule;

    public ServiceTarget Target =>
        new(Ursula.Id, Ursula.VerifyingKey, Ursula.EncryptingKey, new ServiceAddress("127.0.0.1", 1, default));

    /// <summary>Proposes and deposits through <paramref name="send"/>; null if Ursula did not take both.</summary>
    public Grant? Grant(string label, Validity validity, DateTimeOffset now, Func<ServiceRequest, ServiceReply> send)
    {
        var terms = new GrantTerms(PolicyLabel.Parse(label), Bob.BobCard, 1, 1, validity);
        using var session = new GrantSession(terms, null, Alice, new GrantOptions(), now, Random);
        var effects = new Queue<SessionEffect>(session.Start());
        while (effects.TryDequeue(out var effect))
        {
            if (effect is GrantFinished finished)
                return finished.Grant;
            var next = effect switch
            {
                FindCandidates => session.AddCandidates([Target], now),
                DepositsPlanned => session.Remembered(now),
                CallUrsula call => Call(session, call, now, send),
                _ => [],
            };
            foreach (var following in next)
                effects.Enqueue(following);
        }

        return null;
    }

    public ServiceRequest Proposal(string label, Validity validity, DateTimeOffset now)
    {
        var hrac = Alice.HracFor(Bob.BobCard, PolicyLabel.Parse(label));
        var proposal = new ArrangementProposal(
            Alice.VerifyingKey, hrac.Name, Ursula.Id, PolicyVersion.Next(null, now), now, validity);
        return new(ServiceKind.ProposeArrangement, SignedMessage.Sign(proposal, Alice.Signer, Random).Bytes);
    }

    public ServiceRequest Revocation(Grant grant, DateTimeOffset now)
    {
        var order = new RevocationOrder(
            Alice.VerifyingKey, grant.Hrac.Name, Ursula.Id, PolicyVersion.Next(grant.LastVersion, now));
        return new(ServiceKind.Revoke, SignedMessage.Sign(order, Alice.Signer, Random).Bytes);
    }

    public ServiceRequest Renewal(Grant grant, Validity validity, DateTimeOffset now)
    {
        var version = PolicyVersion.Next(grant.LastVersion, now);
        var order = new RenewalOrder(Alice.VerifyingKey, grant.Hrac.Name, Ursula.Id, version,
            validity.InMilliseconds());
        return new(ServiceKind.Renew, SignedMessage.Sign(order, Alice.Signer, Random).Bytes);
    }

    public ServiceRequest Reencryption(Grant grant, DateTimeOffset now)
    {
        var request = new ReencryptionRequest(
            PolicyId.Of(
                Alice.VerifyingKey, grant.Hrac), Ursula.Id, grant.KeyFragVersion, now, Nonce.Random(Random), [Capsule]);
        return new(ServiceKind.Reencrypt, SignedMessage.Sign(request, Bob.Signer, Random).Bytes);
    }

    /// <summary>The kfrag that a deposit carries, as only Ursula can see it.</summary>
    public byte[] OpenKeyFrag(ReadOnlyMemory<byte> deposit)
    {
        Assert.True(SignedMessage.TryRead<KeyFragDeposit>(deposit.Span, out var message, out _));
        var claims = message.Claims;
        Assert.True(SealedKeyFrag.TryOpen(
            claims.SealedKeyFrag.Span, Ursula.DecryptingKey, PolicyId.Of(
                claims.Alice, claims.Name), claims.Version, Ursula.Id,
            claims.KeyFragHash, out var kfrag));
        return kfrag.ToBytes();
    }

    public static RefusalReason ReasonOf(ServiceReply reply) =>
        SignedMessage.TryRead<ServiceRefusal>(reply.Body.Span, out var refusal, out _)
            ? refusal.Claims.Reason
            : RefusalReason.None;

    private static IReadOnlyList<SessionEffect> Call(
        GrantSession session, CallUrsula call, DateTimeOffset now, Func<ServiceRequest, ServiceReply> send)
    {
        var reply = send(new ServiceRequest(call.Kind, call.Body));
        return session.Answer(call.CallId, reply.Status, reply.Body, now);
    }
}

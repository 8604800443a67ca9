using NuCypher.P2P.Actors;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Tests.Https;

/// <summary>An Alice with one grant to one Bob at one Ursula, and every order about it, right or wrong.</summary>
internal sealed class PostingAlice : IDisposable
{
    private static readonly RandomSource Random = new OperatingSystemRandom();

    private readonly Identity _alice = Identity.Random(Random);
    private KeyFragDeposit _deposit = null!; // set by the grant

    /// <summary>When what she grants ends; an hour from now if it is not set.</summary>
    public DateTimeOffset End { get; init; } = Now.AddHours(1);

    /// <summary>The kfrag as it was sent.</summary>
    public byte[] SealedKeyFrag => _deposit.SealedKeyFrag.ToArray();

    public Identity Bob { get; } = Identity.Random(Random);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Grants 1 of 1 for an hour.</summary>
    public async Task GrantAsync(
        ServiceTarget ursula, Func<ServiceKind, ReadOnlyMemory<byte>, Task<ServiceReply>> post)
    {
        var now = Now;
        var terms = new GrantTerms(
            PolicyLabel.Parse("label"), Bob.BobCard, 1, 1, new Validity(now.AddMinutes(-1), End));
        using var session = new GrantSession(terms, null, _alice, new GrantOptions(), now, Random);
        var effects = new Queue<SessionEffect>(session.Start());
        while (effects.TryDequeue(out var effect))
        {
            IReadOnlyList<SessionEffect> next = effect switch
            {
                FindCandidates => session.AddCandidates([ursula], now),
                DepositsPlanned => session.Remembered(now),
                CallUrsula call when await post(call.Kind, call.Body) is var reply =>
                    session.Answer(call.CallId, reply.Status, reply.Body, now),
                GrantFailed failed => throw new InvalidOperationException($"no grant: {failed.Failure}"),
                _ => [],
            };
            if (effect is CallUrsula { Kind: ServiceKind.DepositKeyFrag } deposit)
                _deposit = Read<KeyFragDeposit>(deposit.Body);
            foreach (var following in next)
                effects.Enqueue(following);
        }
    }

    /// <summary>The kfrag as only Ursula can see it.</summary>
    public byte[] KeyFragFor(Identity ursula)
    {
        var policy = PolicyId.Of(_deposit.Alice, _deposit.Name);
        Assert.True(Policy.Messages.SealedKeyFrag.TryOpen(
            SealedKeyFrag, ursula.DecryptingKey, policy, _deposit.Version, ursula.Id, _deposit.KeyFragHash,
            out var kfrag));
        return kfrag.ToBytes();
    }

    /// <summary>A capsule under the policy's key.</summary>
    public Capsule Capsule()
    {
        var (capsule, key) = ProxyReencryption.Encapsulate(_deposit.PolicyKey, Random);
        key.Dispose();
        return capsule;
    }

    /// <summary>Whether a cfrag is what Alice's kfrag makes of a capsule for Bob.</summary>
    public bool IsCorrect(ReadOnlyMemory<byte> bytes, Capsule capsule) =>
        CapsuleFrag.TryRead(bytes.Span, out var cfrag)
        && cfrag.Verify(
            capsule, _alice.VerifyingKey, _deposit.PolicyKey, Bob.EncryptingKey, Random, out _)
        == CapsuleFragVerdict.Valid;

    /// <summary>An order, or Bob's request, about the grant.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="ursula">To whom it is addressed.</param>
    /// <param name="signer">Null for the right one.</param>
    /// <param name="sameVersion">Whether it has the version of the grant itself, instead of the next.</param>
    public ReadOnlyMemory<byte> Make(
        ServiceKind kind, NodeId ursula, Signer? signer = null, bool sameVersion = false)
    {
        var (d, by) = (_deposit, signer ?? _alice.Signer);
        var version = sameVersion ? d.Version : PolicyVersion.Next(d.Version, Now);
        return kind switch
        {
            ServiceKind.ProposeArrangement => Sign(
                new ArrangementProposal(d.Alice, d.Name, ursula, version, Now, d.Validity), by),
            ServiceKind.DepositKeyFrag => Sign(d with { Ursula = ursula }, by),
            ServiceKind.Renew => Sign(new RenewalOrder(d.Alice, d.Name, ursula, version, d.Validity), by),
            ServiceKind.Revoke => Sign(new RevocationOrder(d.Alice, d.Name, ursula, version), by),
            _ => Request(ursula, [Capsule()], Now, signer),
        };
    }

    /// <summary>Bob's request.</summary>
    public ReadOnlyMemory<byte> Request(
        NodeId ursula, Capsule[] capsules, DateTimeOffset issuedAt, Signer? signer = null) => Sign(
        new ReencryptionRequest(
            PolicyId.Of(_alice.VerifyingKey, _deposit.Name), ursula, _deposit.Version, issuedAt, Nonce.Random(Random),
            capsules),
        signer ?? Bob.Signer);

    /// <summary>A proposal for another policy.</summary>
    public ReadOnlyMemory<byte> Proposal(NodeId ursula, string label, DateTimeOffset issuedAt)
    {
        var name = _alice.HracFor(Bob.BobCard, PolicyLabel.Parse(label)).Name;
        return Sign(
            new ArrangementProposal(
                _alice.VerifyingKey, name, ursula, PolicyVersion.Next(null, Now), issuedAt, _deposit.Validity),
            _alice.Signer);
    }

    /// <summary>The same request with other bytes in the places of its capsules, signed by Bob.</summary>
    public static ReadOnlyMemory<byte> WithCapsules(ReadOnlyMemory<byte> request, byte[][] capsules, Identity bob)
    {
        var end = request.Length - Signature.Size;
        var head = request.Span[..(end - (capsules.Length * Umbral.Capsule.Size))];
        byte[] body = [.. head, .. capsules.SelectMany(capsule => capsule)];
        var signature = bob.Signer.Sign(DomainHash.Message("NuCypher.P2P/signed-object", body), Random);
        return new([.. body, .. signature.ToBytes()]);
    }

    public void Dispose()
    {
        _alice.Dispose();
        Bob.Dispose();
    }

    private static ReadOnlyMemory<byte> Sign<TBody>(TBody body, Signer signer)
        where TBody : class, IProtocolBody<TBody> => SignedMessage.Sign(body, signer, Random).Bytes;

    private static TBody Read<TBody>(ReadOnlyMemory<byte> bytes)
        where TBody : class, IProtocolBody<TBody>
    {
        Assert.True(SignedMessage.TryRead<TBody>(bytes.Span, out var message, out _));
        return message.Claims;
    }
}

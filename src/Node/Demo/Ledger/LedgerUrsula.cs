using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Demo.Ledger;

/// <summary>
/// An Ursula without a network: the same core that a node's actors ask. A lazy one sends noise and signs it.
/// </summary>
internal sealed class LedgerUrsula(string name, RandomSource random) : IDisposable
{
    private readonly Dictionary<PolicyId, UrsulaPolicy> _policies = [];
    private readonly List<Digest> _served = [];

    /// <summary>Who she is.</summary>
    public LedgerPerson Person { get; } = new(name, random);

    /// <summary>Whether she no longer re-encrypts what she is asked for.</summary>
    public bool IsLazy { get; set; }

    /// <summary>What she served so far.</summary>
    public ReceiptTree Receipts => new(_served);

    /// <summary>How others call her.</summary>
    public ServiceTarget Target => new(
        Person.Id, Person.Keys.VerifyingKey, Person.Keys.EncryptingKey,
        new ServiceAddress("127.0.0.1", 9151, Digest.Read(Person.Keys.VerifyingKey.ToBytes().AsSpan(1))));

    /// <summary>Answers.</summary>
    public (ServiceStatus Status, ReadOnlyMemory<byte> Body) Serve(
        ServiceKind kind, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (!UrsulaRequest.TryRead(kind, body.Span, out var request, out _))
            return (ServiceStatus.Malformed, default);
        if (!_policies.TryGetValue(request.Policy, out var policy))
            _policies[request.Policy] = policy = new UrsulaPolicy(
                request.Policy, Person.Keys.Proxy, new UrsulaOptions());
        var decision = policy.Decide(
            request, new UrsulaLoad(_policies.Count - 1, 0), ClockReading.Certain(now, now - DateTimeOffset.UnixEpoch),
            random);
        foreach (var happened in decision.Events)
            policy.Apply(happened);
        var reply = IsLazy && kind == ServiceKind.Reencrypt && decision.IsAccepted ? Noise(decision.Reply)
            : decision.Reply;
        if (kind == ServiceKind.Reencrypt && decision.IsAccepted)
            _served.Add(ReceiptTree.LeafOf(request.Hash, reply.Span));
        return (decision.IsAccepted ? ServiceStatus.Ok : ServiceStatus.Refused, reply);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var policy in _policies.Values)
            policy.Dispose();
        Person.Dispose();
    }

    private ReadOnlyMemory<byte> Noise(ReadOnlyMemory<byte> honest)
    {
        if (!SignedMessage.TryRead<ReencryptionResponse>(honest.Span, out var answer, out _))
            return honest;
        var noise = new byte[CapsuleFrag.Size];
        random.Fill(noise);
        return SignedMessage.Sign(answer.Claims with { CapsuleFrags = [noise] }, Person.Keys.Signer, random).Bytes;
    }
}

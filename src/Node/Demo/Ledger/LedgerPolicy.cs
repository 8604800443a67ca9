using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Node.Demo.Ledger;

/// <summary>The policy of the demonstration of the ledger: what Alice and Bob sign, and what they keep of it.</summary>
internal sealed class LedgerPolicy(LedgerPerson alice, LedgerPerson bob, RandomSource random)
{
    private static readonly PolicyLabel Label = PolicyLabel.Parse("paid");

    private readonly Dictionary<NodeId, (byte[] Deposit, byte[] Receipt)> _kept = [];
    private readonly Dictionary<NodeId, (Digest Request, byte[] Response, byte[] Evidence)> _answers = [];
    private Grant? _grant;

    /// <summary>How Ursulas name it.</summary>
    public PolicyId Id => PolicyId.Of(alice.Keys.VerifyingKey, alice.Keys.HracFor(bob.Keys.BobCard, Label));

    /// <summary>How many deposits were confirmed.</summary>
    public int Confirmed => _kept.Count;

    /// <summary>
    /// Alice grants to these Ursulas with the ordinary session, and keeps every deposit and the receipt for it.
    /// </summary>
    public bool Grant(IReadOnlyList<LedgerUrsula> ursulas, int threshold, DateTimeOffset now)
    {
        var terms = new GrantTerms(
            Label, bob.Keys.BobCard, threshold, ursulas.Count, new Validity(now, now.AddDays(30)));
        using var session = new GrantSession(terms, null, alice.Keys, new GrantOptions(), now, random);
        var effects = new Queue<SessionEffect>(session.Start());
        while (_grant is null && effects.TryDequeue(out var effect))
        {
            IReadOnlyList<SessionEffect> next = effect switch
            {
                FindCandidates => session.AddCandidates(ursulas.Select(ursula => ursula.Target), now),
                DepositsPlanned => session.Remembered(now),
                CallUrsula call => Call(session, call, ursulas, now),
                _ => [],
            };
            _grant = (effect as GrantFinished)?.Grant;
            foreach (var further in next)
                effects.Enqueue(further);
        }

        return _grant is not null;
    }

    /// <summary>
    /// Bob asks an Ursula for one capsule; null if her fragment is none. Request and answer are kept as evidence.
    /// </summary>
    public VerifiedCapsuleFrag? Ask(LedgerUrsula ursula, Capsule capsule, DateTimeOffset now)
    {
        var request = SignedMessage.Sign(
            new ReencryptionRequest(Id, ursula.Person.Id, _grant!.KeyFragVersion, now, Nonce.Random(random), [capsule]),
            bob.Keys.Signer, random);
        var (_, body) = ursula.Serve(ServiceKind.Reencrypt, request.Bytes, now);
        if (!SignedMessage.TryRead<ReencryptionResponse>(body.Span, out var answer, out _))
            return null;
        var (deposit, receipt) = _kept[ursula.Person.Id];
        _answers[ursula.Person.Id] = (
            request.Hash, body.ToArray(),
            Judge.AccuseOfWrongReencryption(deposit, receipt, request.Bytes.ToArray(), body.ToArray()));
        if (!CapsuleFrag.TryRead(answer.Claims.CapsuleFrags[0].Span, out var fragment))
            return null;
        fragment.Verify(
            capsule, alice.Keys.VerifyingKey, alice.Keys.PolicyKey(Label), bob.Keys.EncryptingKey, random,
            out var verified);
        return verified;
    }

    /// <summary>Bob reads with the fragments of these Ursulas what anybody encrypted for the policy.</summary>
    public bool Read(IReadOnlyList<LedgerUrsula> ursulas, byte[] text, DateTimeOffset now)
    {
        var (capsule, sealedText) = ProxyReencryption.Encrypt(alice.Keys.PolicyKey(Label), text, random);
        VerifiedCapsuleFrag[] fragments = [.. ursulas.Select(ursula => Ask(ursula, capsule, now))
            .OfType<VerifiedCapsuleFrag>()];
        return ProxyReencryption.DecryptReencrypted(
                bob.Keys.DecryptingKey, alice.Keys.PolicyKey(Label), capsule, fragments, sealedText,
                out var opened) == OpenVerdict.Opened
            && opened.AsSpan().SequenceEqual(text);
    }

    /// <summary>A capsule that nobody needs: what a challenger asks for.</summary>
    public Capsule Probe()
    {
        var (capsule, key) = ProxyReencryption.Encapsulate(alice.Keys.PolicyKey(Label), random);
        key.Dispose();
        return capsule;
    }

    /// <summary>The last that an Ursula answered to Bob: the request's hash, and her signed response.</summary>
    public (Digest Request, byte[] Response) AnswerOf(LedgerUrsula ursula) =>
        (_answers[ursula.Person.Id].Request, _answers[ursula.Person.Id].Response);

    /// <summary>What accuses an Ursula of her last answer.</summary>
    public byte[] EvidenceAgainst(LedgerUrsula ursula) => _answers[ursula.Person.Id].Evidence;

    private IReadOnlyList<SessionEffect> Call(
        GrantSession session, CallUrsula call, IReadOnlyList<LedgerUrsula> ursulas, DateTimeOffset now)
    {
        var (status, body) = ursulas.Single(ursula => ursula.Person.Id == call.Target.Id)
            .Serve(call.Kind, call.Body, now);
        if (call.Kind == ServiceKind.DepositKeyFrag && status == ServiceStatus.Ok)
            _kept[call.Target.Id] = (call.Body.ToArray(), body.ToArray());
        return session.Answer(call.CallId, status, body, now);
    }
}

using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Ledger.Tests.Support;

/// <summary>A policy of one Alice, one Bob and one Ursula, and all that they sign about it.</summary>
internal sealed class Case : IDisposable
{
    private readonly SeededRandom _random;
    private readonly UrsulaOptions _options;
    private UrsulaPolicy _policy;
    private readonly byte[] _kfrag;
    private int _nonces;

    public Case(Person ursula, int seed = 50, UrsulaOptions? options = null)
    {
        (Ursula, Alice, Bob, _random) = (ursula, new Person(seed), new Person(seed + 1), new SeededRandom(seed));
        _options = options ?? new UrsulaOptions();
        _policy = new UrsulaPolicy(PolicyId, ursula.Keys.Proxy, _options);
        using var key = Alice.Keys.DelegatingKey(Label);
        _kfrag = ProxyReencryption.GenerateKeyFrags(
            key, Bob.Keys.EncryptingKey, Alice.Keys.Signer, 1, 1, true, true, _random)[0].ToBytes();
    }

    public static PolicyLabel Label { get; } = PolicyLabel.Parse("ledger");

    public static DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Person Ursula { get; }

    public Person Alice { get; }

    public Person Bob { get; }

    public Hrac Hrac => Alice.Keys.HracFor(Bob.Keys.BobCard, Label);

    public PolicyId PolicyId => PolicyId.Of(Alice.Keys.VerifyingKey, Hrac);

    /// <summary>Asks the honest Ursula; her answer as it goes over the wire, refusals too.</summary>
    public byte[] Ask(ServiceKind kind, byte[] request, DateTimeOffset now, out bool isAccepted)
    {
        Assert.True(UrsulaRequest.TryRead(kind, request, out var read, out _));
        var decision = _policy.Decide(
            read, new UrsulaLoad(0, 0), ClockReading.Certain(now, now - DateTimeOffset.MinValue), _random);
        foreach (var policyEvent in decision.Events)
            _policy.Apply(policyEvent);
        isAccepted = decision.IsAccepted;
        return decision.Reply.ToArray();
    }

    /// <summary>Ends what is over, and forgets what an Ursula may forget, as she does.</summary>
    public void Pass(DateTimeOffset now)
    {
        foreach (var policyEvent in _policy.DecideExpiry(now, _random))
            _policy.Apply(policyEvent);
        if (_policy.IsForgettable(now))
            _policy = new UrsulaPolicy(PolicyId, Ursula.Keys.Proxy, _options);
    }

    /// <summary>Proposes and deposits; the deposit and the receipt for it.</summary>
    public (byte[] Deposit, byte[] Receipt) Grant(
        PolicyVersion version, DateTimeOffset now, TimeSpan length, BobCard? bob = null, byte[]? kfrag = null)
    {
        var validity = new Validity(now, now + length);
        Ask(ServiceKind.ProposeArrangement, Signed(new ArrangementProposal(
            Alice.Keys.VerifyingKey, Hrac.Name, Ursula.Id, version, now, validity), Alice), now, out _);
        var deposit = Signed(DepositOf(version, validity, bob, kfrag), Alice);
        var receipt = Ask(ServiceKind.DepositKeyFrag, deposit, now, out var isAccepted);
        return (deposit, isAccepted ? receipt : []);
    }

    public KeyFragDeposit DepositOf(
        PolicyVersion version, Validity validity, BobCard? bob = null, byte[]? kfrag = null) => new(
        Alice.Keys.VerifyingKey, Hrac.Name, Ursula.Id, version, validity, bob ?? Bob.Keys.BobCard,
        Alice.Keys.PolicyKey(Label), SealedKeyFrag.HashOf(kfrag ?? _kfrag),
        SealedKeyFrag.Seal(kfrag ?? _kfrag, Ursula.Keys.EncryptingKey, PolicyId, version, Ursula.Id, _random));

    public byte[] KeyFrag => [.. _kfrag];

    public byte[] Revocation(PolicyVersion version) =>
        Signed(new RevocationOrder(Alice.Keys.VerifyingKey, Hrac.Name, Ursula.Id, version), Alice);

    public byte[] Request(PolicyVersion version, DateTimeOffset issuedAt, int capsules = 1, Person? bob = null)
    {
        var sealedTo = Enumerable.Range(0, capsules)
            .Select(_ => ProxyReencryption.Encapsulate(Alice.Keys.PolicyKey(Label), _random).Capsule);
        return Signed(new ReencryptionRequest(
            PolicyId, Ursula.Id, version, issuedAt, new Nonce((UInt128)(++_nonces)), [.. sealedTo]), bob ?? Bob);
    }

    public byte[] Signed<TBody>(TBody body, Person signer)
        where TBody : class,
        IProtocolBody<TBody> => SignedMessage.Sign(body, signer.Keys.Signer, _random).Bytes.ToArray();

    /// <summary>
    /// The same response with other fragments, signed by the Ursula: what a lazy or a malicious one would send.
    /// </summary>
    public byte[] Forge(byte[] response, Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> change)
    {
        Assert.True(SignedMessage.TryRead<ReencryptionResponse>(response, out var message, out _));
        var honest = message.Claims;
        byte[][] changed = [.. change([.. honest.CapsuleFrags.Select(fragment => fragment.ToArray())])];
        return Signed(
            honest with { CapsuleFrags = [.. changed.Select(fragment => (ReadOnlyMemory<byte>)fragment)] }, Ursula);
    }

    public void Dispose() => _policy.Dispose();

    public static VerifyingKey? KeyOf(NodeId id, params Person[] stakers) =>
        Array.Find(stakers, staker => staker.Id == id)?.Keys.VerifyingKey;
}

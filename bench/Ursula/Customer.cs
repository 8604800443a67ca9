using System.Globalization;
using NuCypher.P2P.Actors;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>An Alice and a Bob: makes what each sends to one Ursula, threshold 1.</summary>
internal sealed class Customer(ServiceTarget ursula) : IDisposable
{
    /// <summary>Below what an Ursula remembers of one policy in its request window.</summary>
    private const int MaxRequests = 900;

    private static readonly RandomSource Random = new OperatingSystemRandom();

    private readonly Identity _alice = Identity.Random(Random);
    private readonly Identity _bob = Identity.Random(Random);
    private readonly List<Held> _held = [];
    private Capsule[]? _capsules;
    private int _labels;
    private int _requests;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A new policy until then: its proposal, and the deposit that follows it.</summary>
    public Order MakeOrder(DateTimeOffset end)
    {
        var now = Now;
        var label = PolicyLabel.Parse(string.Create(CultureInfo.InvariantCulture, $"label {_labels++}"));
        var hrac = _alice.HracFor(_bob.BobCard, label);
        var validity = new Validity(now, end).InMilliseconds();
        var version = PolicyVersion.Next(null, now);
        var proposal = new ArrangementProposal(_alice.VerifyingKey, hrac.Name, ursula.Id, version, now, validity);
        return new Order(
            PolicyId.Of(_alice.VerifyingKey, hrac), version,
            SignedMessage.Sign(proposal, _alice.Signer, Random).Bytes, DepositOf(label, hrac, version, validity));
    }

    /// <summary>A policy that she holds now.</summary>
    public void Keep(Order order) => _held.Add(new Held(order.Policy, order.Version));

    /// <summary>Bob's next request, about one policy after the other.</summary>
    public ReadOnlyMemory<byte> MakeRequest(int capsules)
    {
        _capsules ??= [.. Enumerable.Range(0, ReencryptionRequest.MaxCapsules)
            .Select(_ => ProxyReencryption.Encapsulate(_bob.EncryptingKey, Random).Capsule)];
        var held = _held[_requests++ / MaxRequests % _held.Count];
        var request = new ReencryptionRequest(
            held.Policy, ursula.Id, held.Version, Now, Nonce.Random(Random), _capsules[..capsules]);
        return SignedMessage.Sign(request, _bob.Signer, Random).Bytes;
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
    }

    private ReadOnlyMemory<byte> DepositOf(PolicyLabel label, Hrac hrac, PolicyVersion version, Validity validity)
    {
        using var delegating = _alice.DelegatingKey(label);
        using var kfrag = ProxyReencryption.GenerateKeyFrags(
            delegating, _bob.EncryptingKey, _alice.Signer, 1, 1, true, true, Random)[0];
        var (bytes, policy) = (kfrag.ToBytes(), PolicyId.Of(_alice.VerifyingKey, hrac));
        var deposit = new KeyFragDeposit(
            _alice.VerifyingKey, hrac.Name, ursula.Id, version, validity, _bob.BobCard, delegating.PublicKey,
            SealedKeyFrag.HashOf(bytes),
            SealedKeyFrag.Seal(bytes, ursula.EncryptingKey, policy, version, ursula.Id, Random));
        return SignedMessage.Sign(deposit, _alice.Signer, Random).Bytes;
    }

    /// <summary>What Alice sends for one policy.</summary>
    /// <param name="Policy">Which.</param>
    /// <param name="Version">Of its kfrag.</param>
    /// <param name="Proposal">First.</param>
    /// <param name="Deposit">Once that is accepted.</param>
    internal sealed record Order(
        PolicyId Policy, PolicyVersion Version, ReadOnlyMemory<byte> Proposal, ReadOnlyMemory<byte> Deposit);

    private readonly record struct Held(PolicyId Policy, PolicyVersion Version);
}

using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>A verified kfrag was taken; it takes the place of one of a lower version.</summary>
/// <param name="Order">The hash of the deposit.</param>
/// <param name="Owner">Whose policy it is: <see cref="ProxyKeys.TagOf"/>.</param>
/// <param name="Version">The version of the deposit.</param>
/// <param name="Validity">The time in which to serve.</param>
/// <param name="Bob">Who may ask.</param>
/// <param name="PolicyKey">What is re-encrypted from.</param>
/// <param name="Terms">What the deposit says to every holder: <see cref="Messages.KeyFragDeposit.Terms"/>.</param>
/// <param name="StoredKeyFrag">The kfrag under the storage key: <see cref="ProxyKeys.StoredSize"/> bytes.</param>
public sealed record KeyFragDeposited(
    Digest Order, Digest Owner, PolicyVersion Version, Validity Validity, VerifyingKey Bob, PublicKey PolicyKey,
    Digest Terms,
    ReadOnlyMemory<byte> StoredKeyFrag)
    : PolicyEvent
{
    internal const string Name = "kfrag-deposited/3";

    /// <inheritdoc/>
    public override string Manifest => Name;

    /// <summary>When within the validity, and on what condition.</summary>
    public PolicyRules Rules { get; init; } = PolicyRules.None;

    /// <summary>When it can be served at all: the validity, cut where the rules never hold again.</summary>
    public Validity Served => Validity with { NotAfter = Rules.EndWithin(Validity) ?? Validity.NotAfter };

    internal static PolicyEvent? Read(ref FieldReader reader)
    {
        var (order, owner, version, validity) = (reader.Digest(), reader.Digest(), reader.Version(), reader.Validity());
        var (bob, policyKey, terms) = (reader.VerifyingKey(), reader.PublicKey(), reader.Digest());
        var stored = reader.Bytes(ProxyKeys.StoredSize).ToArray();
        var areRules = PolicyRules.TryRead(reader.Prefixed(PolicyRules.MaxSize), out var rules);
        return bob is null || policyKey is null || !areRules
            ? null
            : new KeyFragDeposited(order, owner, version, validity, bob, policyKey, terms, stored) { Rules = rules! };
    }

    internal override void Write(FieldWriter writer) => writer
        .Digest(Order).Digest(Owner).Version(Version).Validity(Validity).Key(Bob).Key(PolicyKey).Digest(Terms)
        .Bytes(StoredKeyFrag.Span).Prefixed(Rules.ToBytes());
}

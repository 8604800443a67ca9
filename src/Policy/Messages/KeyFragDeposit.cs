using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Messages;

/// <summary>Alice to Ursula: keep this kfrag, for this Bob and this time. Signed by Alice.</summary>
/// <param name="Alice">Alice's verifying key; signs the deposit and the kfrag.</param>
/// <param name="Name">The policy's name: the hash of the hrac.</param>
/// <param name="Ursula">To whom it is addressed.</param>
/// <param name="Version">The order of Alice's words; higher than the proposal's.</param>
/// <param name="Validity">The time in which to serve; as arranged.</param>
/// <param name="Bob">Who may ask for re-encryption.</param>
/// <param name="PolicyKey">What is re-encrypted from: the policy public key.</param>
/// <param name="KeyFragHash">Over the kfrag, so that Ursula can't be given another one.</param>
/// <param name="SealedKeyFrag">The kfrag, for this Ursula's encrypting key:
/// <see cref="Messages.SealedKeyFrag"/>.</param>
public sealed record KeyFragDeposit(
    VerifyingKey Alice,
    PolicyName Name,
    NodeId Ursula,
    PolicyVersion Version,
    Validity Validity,
    BobCard Bob,
    PublicKey PolicyKey,
    Digest KeyFragHash,
    ReadOnlyMemory<byte> SealedKeyFrag) : IProtocolBody<KeyFragDeposit>
{
    /// <inheritdoc/>
    public static ProtocolHeader Header { get; } = ProtocolHeader.Of("KfDp", 3);

    /// <summary>
    /// When within the validity, and on what condition, to serve: <see cref="PolicyRules"/>. Whether she understands
    /// them, Ursula says.
    /// </summary>
    public ReadOnlyMemory<byte> Rules { get; init; }

    /// <summary>
    /// A hash over what every holder is told alike, and what Bob knows from his map: Alice, name, version, Bob's keys,
    /// policy key.
    /// </summary>
    public Digest Terms => TermsOf(Alice, Name, Version, Bob, PolicyKey);

    /// <inheritdoc/>
    public static KeyFragDeposit? Read(ref FieldReader reader)
    {
        var alice = reader.VerifyingKey();
        var (name, ursula) = (new PolicyName(reader.Digest()), reader.NodeId());
        var (version, validity) = (reader.Version(), reader.Validity());
        var (bobVerifying, bobEncrypting, policyKey) = (reader.VerifyingKey(), reader.PublicKey(), reader.PublicKey());
        var hash = reader.Digest();
        var kfrag = reader.Prefixed(Messages.SealedKeyFrag.Size).ToArray();
        var rules = reader.Prefixed(PolicyRules.MaxSize).ToArray();
        return alice is null || bobVerifying is null || bobEncrypting is null || policyKey is null
            ? null
            : new(alice, name, ursula, version, validity, new(bobVerifying, bobEncrypting), policyKey, hash, kfrag)
            {
                Rules = rules,
            };
    }

    /// <inheritdoc/>
    public void Write(FieldWriter writer) => writer
        .Key(Alice).Digest(Name.Value).NodeId(Ursula).Version(Version).Validity(Validity)
        .Key(Bob.VerifyingKey).Key(Bob.EncryptingKey).Key(PolicyKey)
        .Digest(KeyFragHash).Prefixed(SealedKeyFrag.Span).Prefixed(Rules.Span);

    /// <summary>The hash that an honest deposit with these fields has.</summary>
    public static Digest TermsOf(
        VerifyingKey alice, PolicyName name, PolicyVersion version, BobCard bob, PublicKey policyKey) =>
        DomainHash.Compute(DomainTags.Terms, new FieldWriter()
            .Key(alice).Digest(name.Value)
                .Version(version).Key(bob.VerifyingKey).Key(bob.EncryptingKey).Key(policyKey).ToArray());
}

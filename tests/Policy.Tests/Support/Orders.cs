using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Ursula;
using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Tests.Support;

/// <summary>Signed requests about the policy of <see cref="Cast"/>, to its Ursula.</summary>
internal static class Orders
{
    private static readonly IReadOnlyList<VerifiedKeyFrag> KeyFrags = Split(2, 3);

    public static (Capsule Capsule, byte[] Ciphertext) Sample { get; } =
        ProxyReencryption.Encrypt(Cast.Alice.PolicyKey(Cast.Label), "secret"u8, Cast.Random(5));

    public static ArrangementProposal Proposal(
        PolicyVersion? version = null, Validity? validity = null, DateTimeOffset? issuedAt = null) => new(
        Cast.Alice.VerifyingKey, Cast.Hrac.Name, Cast.Ursula.Id, version ?? Cast.Version, issuedAt ?? Cast.Now,
        validity ?? Cast.Validity);

    public static KeyFragDeposit Deposit(
        PolicyVersion? version = null, Validity? validity = null, byte[]? kfrag = null, BobCard? bob = null)
    {
        var bytes = kfrag ?? KeyFrags[0].ToBytes();
        var at = version ?? Cast.Version;
        return new(
            Cast.Alice.VerifyingKey, Cast.Hrac.Name, Cast.Ursula.Id, at, validity ?? Cast.Validity, bob
                ?? Cast.Bob.BobCard,
            Cast.Alice.PolicyKey(Cast.Label), SealedKeyFrag.HashOf(bytes),
            SealedKeyFrag.Seal(bytes, Cast.Ursula.EncryptingKey, Cast.PolicyId, at, Cast.Ursula.Id, Cast.Random(9)));
    }

    public static ReencryptionRequest Reencryption(
        DateTimeOffset issuedAt, PolicyVersion? version = null, int nonce = 1, int capsules = 1) => new(
        Cast.PolicyId, Cast.Ursula.Id, version ?? Cast.Version, issuedAt, new Nonce((UInt128)nonce),
        [.. Enumerable.Repeat(Sample.Capsule, capsules)]);

    public static RenewalOrder Renewal(PolicyVersion version, Validity validity) =>
        new(Cast.Alice.VerifyingKey, Cast.Hrac.Name, Cast.Ursula.Id, version, validity);

    public static RevocationOrder Revocation(PolicyVersion version) =>
        new(Cast.Alice.VerifyingKey, Cast.Hrac.Name, Cast.Ursula.Id, version);

    public static byte[] Signed<TBody>(TBody body, Identity signer)
        where TBody : class, IProtocolBody<TBody> => SignedMessage.Sign(
            body, signer.Signer, Cast.Random(3)).Bytes.ToArray();

    public static UrsulaRequest Request<TBody>(TBody body, Identity signer)
        where TBody : class, IProtocolBody<TBody>
    {
        Assert.True(UrsulaRequest.TryRead(OperationOf<TBody>(), Signed(body, signer), out var request, out _));
        return request;
    }

    public static ServiceKind OperationOf<TBody>() => typeof(TBody).Name switch
    {
        nameof(ArrangementProposal) => ServiceKind.ProposeArrangement,
        nameof(KeyFragDeposit) => ServiceKind.DepositKeyFrag,
        nameof(ReencryptionRequest) => ServiceKind.Reencrypt,
        nameof(RenewalOrder) => ServiceKind.Renew,
        nameof(RevocationOrder) => ServiceKind.Revoke,
        _ => throw new ArgumentException("Not a request."),
    };

    public static IReadOnlyList<VerifiedKeyFrag> Split(int threshold, int shares)
    {
        using var key = Cast.Alice.DelegatingKey(Cast.Label);
        return ProxyReencryption.GenerateKeyFrags(
            key, Cast.Bob.EncryptingKey, Cast.Alice.Signer, threshold, shares, true, true, Cast.Random(8));
    }
}

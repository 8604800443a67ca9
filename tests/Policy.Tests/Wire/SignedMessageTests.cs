using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Tests.Wire;

public sealed class SignedMessageTests
{
    private static readonly byte[] Proposal = Orders.Signed(Orders.Proposal(), Cast.Alice);
    private static readonly byte[] Deposit = Orders.Signed(Orders.Deposit(), Cast.Alice);
    private static readonly byte[] Request = Orders.Signed(Orders.Reencryption(Cast.Now, capsules: 2), Cast.Bob);
    private static readonly byte[] Renewal = Orders.Signed(Orders.Renewal(Cast.Version, Cast.Validity), Cast.Alice);
    private static readonly byte[] Revocation = Orders.Signed(Orders.Revocation(Cast.Version), Cast.Alice);

    private static readonly byte[] Acceptance =
        Orders.Signed(new ArrangementAcceptance(default, Cast.Ursula.Id, Cast.Now), Cast.Ursula);

    private static readonly byte[] Receipt = Orders.Signed(
        new PolicyReceipt(PolicyReceiptKind.Deposited, default, Cast.PolicyId, Cast.Ursula.Id, Cast.Now), Cast.Ursula);

    private static readonly byte[] Refusal =
        Orders.Signed(new ServiceRefusal(default, Cast.Ursula.Id, RefusalReason.Full, Cast.Now), Cast.Ursula);

    private static readonly byte[] Reach =
        Orders.Signed(new ReachRequest(Cast.Alice.VerifyingKey, Cast.Ursula.Id, new Nonce(5), 443, default),
            Cast.Alice);

    private static readonly byte[] Witnessed =
        Orders.Signed(new Testimony(default, Cast.Ursula.Id, ReachVerdict.Reached, Cast.Now), Cast.Ursula);

    private static readonly byte[] Response = Orders.Signed(
        new ReencryptionResponse(
            default, Cast.Ursula.Id, default, Cast.Alice.PolicyKey(Cast.Label),
            [new byte[381], new byte[381]]), Cast.Ursula);

    [Fact]
    public void TryRead_EveryKind_GivesBackTheSameBytes()
    {
        Assert.Equal(Proposal, Again<ArrangementProposal>(Proposal, Cast.Alice));
        Assert.Equal(Acceptance, Again<ArrangementAcceptance>(Acceptance, Cast.Ursula));
        Assert.Equal(Deposit, Again<KeyFragDeposit>(Deposit, Cast.Alice));
        Assert.Equal(Request, Again<ReencryptionRequest>(Request, Cast.Bob));
        Assert.Equal(Response, Again<ReencryptionResponse>(Response, Cast.Ursula));
        Assert.Equal(Renewal, Again<RenewalOrder>(Renewal, Cast.Alice));
        Assert.Equal(Revocation, Again<RevocationOrder>(Revocation, Cast.Alice));
        Assert.Equal(Receipt, Again<PolicyReceipt>(Receipt, Cast.Ursula));
        Assert.Equal(Refusal, Again<ServiceRefusal>(Refusal, Cast.Ursula));
        Assert.Equal(Reach, Again<ReachRequest>(Reach, Cast.Alice));
        Assert.Equal(Witnessed, Again<Testimony>(Witnessed, Cast.Ursula));
    }

    [Fact]
    public void TryRead_OtherLengthsOrNoise_RefusesEveryKind()
    {
        Hostile.RefusesOtherLengths(Proposal, Accepts<ArrangementProposal>(Cast.Alice));
        Hostile.RefusesOtherLengths(Acceptance, Accepts<ArrangementAcceptance>(Cast.Ursula));
        Hostile.RefusesOtherLengths(Deposit, Accepts<KeyFragDeposit>(Cast.Alice));
        Hostile.RefusesOtherLengths(Request, Accepts<ReencryptionRequest>(Cast.Bob));
        Hostile.RefusesOtherLengths(Response, Accepts<ReencryptionResponse>(Cast.Ursula));
        Hostile.RefusesOtherLengths(Renewal, Accepts<RenewalOrder>(Cast.Alice));
        Hostile.RefusesOtherLengths(Revocation, Accepts<RevocationOrder>(Cast.Alice));
        Hostile.RefusesOtherLengths(Receipt, Accepts<PolicyReceipt>(Cast.Ursula));
        Hostile.RefusesOtherLengths(Refusal, Accepts<ServiceRefusal>(Cast.Ursula));
        Hostile.RefusesOtherLengths(Reach, Accepts<ReachRequest>(Cast.Alice));
        Hostile.RefusesOtherLengths(Witnessed, Accepts<Testimony>(Cast.Ursula));
    }

    [Fact]
    public void Verify_AnyFlippedBit_RefusesEveryKind()
    {
        Hostile.RefusesFlippedBits(Proposal, Accepts<ArrangementProposal>(Cast.Alice));
        Hostile.RefusesFlippedBits(Acceptance, Accepts<ArrangementAcceptance>(Cast.Ursula));
        Hostile.RefusesFlippedBits(Deposit, Accepts<KeyFragDeposit>(Cast.Alice));
        Hostile.RefusesFlippedBits(Request, Accepts<ReencryptionRequest>(Cast.Bob));
        Hostile.RefusesFlippedBits(Response, Accepts<ReencryptionResponse>(Cast.Ursula));
        Hostile.RefusesFlippedBits(Renewal, Accepts<RenewalOrder>(Cast.Alice));
        Hostile.RefusesFlippedBits(Revocation, Accepts<RevocationOrder>(Cast.Alice));
        Hostile.RefusesFlippedBits(Receipt, Accepts<PolicyReceipt>(Cast.Ursula));
        Hostile.RefusesFlippedBits(Refusal, Accepts<ServiceRefusal>(Cast.Ursula));
        Hostile.RefusesFlippedBits(Reach, Accepts<ReachRequest>(Cast.Alice));
        Hostile.RefusesFlippedBits(Witnessed, Accepts<Testimony>(Cast.Ursula));
    }

    [Fact]
    public void Sign_EveryKind_HasTheDocumentedSize()
    {
        int[] documented = [189, 132, 771, 157 + (2 * 105), 190 + (2 * 381), 183, 165, 165, 133, 175, 133];

        byte[][] all = [Proposal, Acceptance, Deposit, Request, Response, Renewal, Revocation, Receipt, Refusal, Reach,
            Witnessed];

        Assert.Equal(documented, all.Select(bytes => bytes.Length));
    }

    [Theory]
    [InlineData(0, DecodeRefusal.WrongBrand)]
    [InlineData(5, DecodeRefusal.UnknownVersion)]
    public void TryRead_OtherHeader_SaysWhy(int offset, DecodeRefusal expected)
    {
        byte[] bytes = [.. Proposal];
        bytes[offset] ^= 0x40;

        Assert.False(SignedMessage.TryRead<ArrangementProposal>(bytes, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void TryRead_NewerMinorVersionWithMoreFields_ReadsWhatItKnowsAndVerifiesAll()
    {
        byte[] unsigned = [.. Proposal[..^64], 1, 2, 3];
        unsigned[7] = 1;
        var signature = Cast.Alice.Signer.Sign(SignedMessage.SignedPart(unsigned), Cast.Random());

        Assert.True(
            SignedMessage.TryRead<ArrangementProposal>([.. unsigned, .. signature.ToBytes()], out var message, out _));
        Assert.True(message.Verify(Cast.Alice.VerifyingKey, out var verified));
        Assert.Equal(Cast.Hrac.Name, verified.Body.Name);
    }

    [Fact]
    public void TryRead_SignedByteTooMuchInTheKnownVersion_IsRefused()
    {
        byte[] unsigned = [.. Proposal[..^64], 0];
        var signature = Cast.Alice.Signer.Sign(SignedMessage.SignedPart(unsigned), Cast.Random());

        byte[] bytes = [.. unsigned, .. signature.ToBytes()];

        Assert.False(SignedMessage.TryRead<ArrangementProposal>(bytes, out _, out var refusal));
        Assert.Equal(DecodeRefusal.TrailingBytes, refusal);
    }

    [Fact]
    public void TryRead_LongerThanTheLimit_IsRefusedUnread()
    {
        Assert.False(
            SignedMessage.TryRead<ArrangementProposal>(new byte[SignedMessage.MaxSize + 1], out _, out var refusal));
        Assert.Equal(DecodeRefusal.TooLong, refusal);
    }

    [Fact]
    public void Sign_MostCapsules_FitsAndOneMoreIsWrongUse()
    {
        var most = Orders.Reencryption(Cast.Now, capsules: ReencryptionRequest.MaxCapsules);
        var tooMany = Orders.Reencryption(Cast.Now, capsules: ReencryptionRequest.MaxCapsules + 1);

        Assert.True(Orders.Signed(most, Cast.Bob).Length < SignedMessage.MaxSize);
        Assert.Throws<ArgumentException>(() => Orders.Signed(tooMany, Cast.Bob));
    }

    [Fact]
    public void Verify_SameFieldsOfAnotherKind_IsRefused()
    {
        byte[] asTwin = [.. Renewal];
        "Twin"u8.CopyTo(asTwin);

        Assert.True(SignedMessage.TryRead<Twin>(asTwin, out var message, out _));
        Assert.False(message.Verify(Cast.Alice.VerifyingKey, out _));
    }

    private sealed record Twin(RenewalOrder Order) : IProtocolBody<Twin>
    {
        public static ProtocolHeader Header { get; } = ProtocolHeader.Of("Twin", 3);

        public static Twin? Read(ref FieldReader reader) =>
            RenewalOrder.Read(ref reader) is { } order ? new(order) : null;

        public void Write(FieldWriter writer) => Order.Write(writer);
    }

    [Fact]
    public void Sign_ReceiptOfNothingOrRefusalWithoutReason_IsWrongUse()
    {
        Assert.Throws<ArgumentException>(() => Orders.Signed(
            new PolicyReceipt((PolicyReceiptKind)9, default, Cast.PolicyId, Cast.Ursula.Id, Cast.Now), Cast.Ursula));
        Assert.Throws<ArgumentException>(() => Orders.Signed(
            new ServiceRefusal(default, Cast.Ursula.Id, RefusalReason.None, Cast.Now), Cast.Ursula));
        Assert.Throws<ArgumentException>(() => Orders.Signed(Orders.Reencryption(Cast.Now, capsules: 0), Cast.Bob));
    }

    private static byte[] Again<TBody>(byte[] bytes, Identity signer)
        where TBody : class, IProtocolBody<TBody>
    {
        Assert.True(SignedMessage.TryRead<TBody>(bytes, out var message, out _));
        Assert.True(message.Verify(signer.VerifyingKey, out var verified));
        Assert.False(message.Verify(Cast.Mallory.VerifyingKey, out _));
        var writer = new FieldWriter(TBody.Header);
        verified.Body.Write(writer);
        return writer.Bytes(bytes.AsSpan()[^64..]).ToArray();
    }

    private static Func<byte[], bool> Accepts<TBody>(Identity signer)
        where TBody : class, IProtocolBody<TBody> => bytes =>
        SignedMessage.TryRead<TBody>(bytes, out var message, out _) && message.Verify(signer.VerifyingKey, out _);
}

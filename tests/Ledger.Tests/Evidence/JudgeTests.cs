using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Tests.Support;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Tests.Evidence;

public sealed class JudgeTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = Case.Start;
    private static readonly PolicyVersion Version = new(5);
    private static readonly TimeSpan Length = TimeSpan.FromDays(300);

    private readonly Person _ursula = new(1);

    [Fact]
    [Trait("Row", "SE-08"), Trait("Row", "SE-10")]
    public void Verdict_HonestResponse_IsCorrect()
    {
        var about = new Case(_ursula);
        var (deposit, receipt) = about.Grant(Version, Now, Length);
        var request = about.Request(Version, Now, capsules: 16);
        var response = about.Ask(ServiceKind.Reencrypt, request, Now, out _);

        var evidence = Judge.AccuseOfWrongReencryption(deposit, receipt, request, response);

        Assert.InRange(evidence.Length, 1, Judge.MaxSize);
        Assert.Equal(VerdictReason.Correct, Judged(evidence).Reason);
    }

    [Fact]
    [Trait("Row", "SE-08"), Trait("Row", "SE-10")]
    public void Verdict_FragmentOfAnotherCapsuleOrAlteredOrMissing_IsGuilty()
    {
        var about = new Case(_ursula);
        var (deposit, receipt) = about.Grant(Version, Now, Length);
        var request = about.Request(Version, Now, capsules: 2);
        var response = about.Ask(ServiceKind.Reencrypt, request, Now, out _);
        byte[][] forged =
        [
            about.Forge(response, fragments => [fragments[0], fragments[0]]), // cheap: done once
            about.Forge(response, fragments => [fragments[0]]),
            about.Forge(response, fragments => [fragments[0], new byte[fragments[1].Length]]),
            .. Enumerable.Range(0, 381).Where(place => place % 19 == 5)
                .Select(place => about.Forge(response, fragments => [fragments[0], Flip(fragments[1], place)])),
        ];

        Assert.All(forged, bad =>
        {
            var verdict = Judged(Judge.AccuseOfWrongReencryption(deposit, receipt, request, bad));
            Assert.Equal(
                (true, EvidenceKind.WrongReencryption, _ursula.Id), (verdict.IsGuilty, verdict.Kind, verdict.Node));
        });
    }

    [Fact]
    public void Verdict_ObjectsThatDoNotBelongTogether_AreNotGuiltyWithTheReason()
    {
        var (about, other) = (new Case(_ursula), new Case(_ursula, 70));
        var (deposit, receipt) = about.Grant(Version, Now, Length);
        var (otherDeposit, otherReceipt) = other.Grant(Version, Now, Length);
        var request = about.Request(Version, Now);
        var bad = about.Forge(about.Ask(ServiceKind.Reencrypt, request, Now, out _), _ => [new byte[381]]);
        var mallory = new Person(90);
        var notBobs = about.Request(Version, Now, bob: mallory);
        var unsigned = Alter(deposit);

        Assert.True(Judged(Judge.AccuseOfWrongReencryption(deposit, receipt, request, bad)).IsGuilty);
        Is(VerdictReason.OtherRequest, deposit, receipt, about.Request(Version, Now), bad);
        Is(VerdictReason.OtherReceipt, deposit, otherReceipt, request, bad);
        Is(VerdictReason.OtherPolicy, otherDeposit, otherReceipt, request, bad);
        Is(VerdictReason.BadSignature, deposit, Alter(receipt), request, bad);
        Is(VerdictReason.BadSignature, deposit, receipt, request, Alter(bad));
        Is(VerdictReason.OtherReceipt, unsigned, receipt, request, bad);
        Is(VerdictReason.BadSignature, unsigned, Confirm(about, unsigned), request, bad);
        Is(VerdictReason.OtherBob, deposit, receipt, notBobs, about.Signed(Answer(notBobs, deposit, bad), _ursula));
        var mallorys = about.Signed(Claims(bad) with { Ursula = mallory.Id }, mallory);
        Assert.Equal(
            VerdictReason.OtherNode,
            Judge.Verdict(
                Judge.AccuseOfWrongReencryption(deposit, receipt, request, mallorys),
                id => Case.KeyOf(id, _ursula, mallory)).Reason);
        Is(VerdictReason.OtherPolicy, deposit, receipt, request,
            about.Signed(Claims(bad) with { Terms = default }, _ursula));
        var ofAnother = about.Request(new(6), Now);
        Assert.True(SignedMessage.TryRead<KeyFragDeposit>(deposit, out var order, out _));
        var elsewhere = about.Signed(order.Claims with { Ursula = mallory.Id }, about.Alice);
        Is(VerdictReason.OtherNode, elsewhere, Confirm(about, elsewhere), request, bad);
        var ofOther = about.Signed(ReceiptOf(receipt) with { Policy = other.PolicyId }, _ursula);
        Is(VerdictReason.OtherPolicy, deposit, ofOther, request, bad);
        Assert.True(SignedMessage.TryRead<ReencryptionRequest>(request, out var asked, out _));
        var aboutOther = about.Signed(asked.Claims with { Policy = other.PolicyId }, about.Bob);
        var answered = about.Signed(Answer(aboutOther, deposit, bad), _ursula);
        Is(VerdictReason.OtherPolicy, deposit, receipt, aboutOther, answered);
        var answer = about.Signed(Answer(ofAnother, deposit, bad), _ursula);
        Is(VerdictReason.OtherPolicy, deposit, receipt, ofAnother, answer);
        Assert.Equal(
            VerdictReason.NotStaker,
            Judge.Verdict(Judge.AccuseOfWrongReencryption(deposit, receipt, request, bad), _ => null).Reason);
    }

    [Fact]
    public void Verdict_NoEvidence_IsMalformedOrTooLarge()
    {
        Assert.Equal(VerdictReason.Malformed, Judged([]).Reason);
        Assert.Equal(VerdictReason.Malformed, Judged(new byte[Judge.MaxSize]).Reason);
        Assert.Equal(VerdictReason.TooLarge, Judged(new byte[Judge.MaxSize + 1]).Reason);
    }

    [Fact]
    public void Verdict_RandomlyDamagedEvidence_NeverThrowsAndNeverConvictsAnHonestNode() => Damage(2_000);

    [Fact]
    [Trait("Category", "Long")]
    public void Verdict_HundredThousandTimesDamagedEvidence_NeverConvictsAnHonestNode() => Damage(100_000);

    [Fact]
    public void Verdict_AliceWhoDepositsAnythingWithBrokenSignatures_FramesNobody()
    {
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        var convicted = 0;

        for (var i = 0; i < 300; i++)
        {
            var about = new Case(_ursula, 100 + (2 * i));
            var kfrag = about.KeyFrag;
            if (i % 10 != 0)
                kfrag[random.Next(kfrag.Length)] ^= (byte)(1 << random.Next(8)); // signatures, flags, commitment, key
            var bob = i % 4 == 1 ? new BobCard(about.Bob.Keys.VerifyingKey, about.Alice.Keys.EncryptingKey) : null;
            var (deposit, receipt) = about.Grant(Version, Now, Length, bob, kfrag);
            var request = about.Request(Version, Now);
            var response = about.Ask(ServiceKind.Reencrypt, request, Now, out var isServed);
            Assert.Equal(receipt.Length > 0, isServed);
            if (isServed)
                convicted += Judged(Judge.AccuseOfWrongReencryption(deposit, receipt, request, response)).IsGuilty ? 1
                    : 0;
        }

        Assert.Equal(0, convicted);
    }

    [Fact]
    public void Verdict_ServedSixMinutesAfterTheRevocation_IsGuilty()
    {
        var about = new Case(_ursula);
        about.Grant(Version, Now, Length);
        var revocation = about.Revocation(new(6));
        var receipt = about.Ask(ServiceKind.Revoke, revocation, Now, out _);

        Is(VerdictReason.InTime, revocation, receipt, Now + Judge.Grace, Version);
        Is(VerdictReason.None, revocation, receipt, Now + Judge.Grace + TimeSpan.FromMilliseconds(1), Version);
        Is(VerdictReason.None, revocation, receipt, Now + Judge.Memory - TimeSpan.FromMilliseconds(1), new(6));
        Is(VerdictReason.InTime, revocation, receipt, Now + Judge.Memory, Version);
        Is(VerdictReason.OtherPolicy, revocation, receipt, Now + TimeSpan.FromDays(1), new(7));
        var ofRenewal = about.Signed(ReceiptOf(receipt) with { Kind = PolicyReceiptKind.Renewed }, _ursula);
        Is(VerdictReason.OtherReceipt, revocation, ofRenewal, Now.AddDays(1), Version);
        var unsigned = Alter(revocation);
        Assert.True(SignedMessage.TryRead<RevocationOrder>(unsigned, out var forged, out _));
        var ofForged = about.Signed(ReceiptOf(receipt) with { Order = forged.Hash }, _ursula);
        Is(VerdictReason.BadSignature, unsigned, ofForged, Now.AddDays(1), Version);

        void Is(VerdictReason reason, byte[] order, byte[] confirmed, DateTimeOffset at, PolicyVersion version)
        {
            var request = about.Request(version, at);
            var response = about.Signed(
                new ReencryptionResponse(Hash(request), _ursula.Id, default, about.Alice.Keys.PolicyKey(Case.Label),
                    [new byte[381]]), _ursula);
            Assert.Equal(reason, Judged(Judge.AccuseOfServingRevoked(order, confirmed, request, response)).Reason);
        }
    }

    [Theory]
    [InlineData(0, 5), InlineData(29, 5), InlineData(29, 1_000_000)]
    public void Verdict_AliceWhoRevokesLateAndGrantsAgain_FramesNobody(int daysLate, ulong revokedVersion)
    {
        var about = new Case(_ursula);
        var end = Now + TimeSpan.FromDays(1);
        about.Grant(Version, Now, TimeSpan.FromDays(1));
        about.Pass(end);
        var revocation = about.Revocation(new(revokedVersion));
        var receipt = about.Ask(ServiceKind.Revoke, revocation, end.AddDays(daysLate), out _);
        var (tried, served) = (0, 0);

        for (var at = end.AddDays(daysLate); at < end.AddDays(70); at = at.AddHours(12))
        {
            about.Pass(at);
            about.Grant(Version, at, TimeSpan.FromHours(11));
            var request = about.Request(Version, at.AddHours(1));
            var response = about.Ask(ServiceKind.Reencrypt, request, at.AddHours(1), out var isServed);
            tried++;
            if (!isServed)
                continue;
            served++;
            Assert.False(
                Judged(Judge.AccuseOfServingRevoked(revocation, receipt, request, response)).IsGuilty, $"{at}");
        }

        Assert.InRange(served, 1, tried - 1); // when everything was forgotten she serves again
    }

    private void Damage(int tries)
    {
        var about = new Case(_ursula);
        var (deposit, receipt) = about.Grant(Version, Now, Length);
        var request = about.Request(Version, Now);
        var response = about.Ask(ServiceKind.Reencrypt, request, Now, out _);
        var evidence = Judge.AccuseOfWrongReencryption(deposit, receipt, request, response);
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");

        for (var i = 0; i < tries; i++)
        {
            byte[] damaged = [.. evidence[..(i % 3 == 0 ? random.Next(evidence.Length) : evidence.Length)]];
            for (var flips = random.Next(1, 4); flips > 0 && damaged.Length > 0; flips--)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(Judged(damaged).IsGuilty, $"seed {seed}, try {i}");
        }
    }

    private Verdict Judged(byte[] evidence) => Judge.Verdict(evidence, id => Case.KeyOf(id, _ursula));

    private void Is(VerdictReason reason, byte[] deposit, byte[] receipt, byte[] request, byte[] response) =>
        Assert.Equal(reason, Judged(Judge.AccuseOfWrongReencryption(deposit, receipt, request, response)).Reason);

    private byte[] Confirm(Case about, byte[] order)
    {
        Assert.True(SignedMessage.TryRead<KeyFragDeposit>(order, out var deposit, out _));
        return about.Signed(
            new PolicyReceipt(PolicyReceiptKind.Deposited, deposit.Hash, about.PolicyId, _ursula.Id, Now), _ursula);
    }

    private static ReencryptionResponse Answer(byte[] request, byte[] deposit, byte[] like)
    {
        Assert.True(SignedMessage.TryRead<KeyFragDeposit>(deposit, out var terms, out _));
        return Claims(like) with { Request = Hash(request), Terms = terms.Claims.Terms };
    }

    private static Digest Hash(byte[] request)
    {
        Assert.True(SignedMessage.TryRead<ReencryptionRequest>(request, out var message, out _));
        return message.Hash;
    }

    private static ReencryptionResponse Claims(byte[] response)
    {
        Assert.True(SignedMessage.TryRead<ReencryptionResponse>(response, out var message, out _));
        return message.Claims;
    }

    private static PolicyReceipt ReceiptOf(byte[] receipt)
    {
        Assert.True(SignedMessage.TryRead<PolicyReceipt>(receipt, out var message, out _));
        return message.Claims;
    }

    private static byte[] Alter(byte[] signed)
    {
        byte[] altered = [.. signed];
        altered[^2] ^= 1;
        return altered;
    }

    private static byte[] Flip(byte[] bytes, int place)
    {
        bytes[place] ^= 1;
        return bytes;
    }
}

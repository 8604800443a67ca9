using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Tests.Records;

public sealed class NodeRecordTests
{
    internal static NodeRecord Sample { get; } = Of("ursula.example.org", "127.0.0.1:5678");

    [Theory]
    [InlineData("ursula.example.org", "127.0.0.1:5678")]
    [InlineData("", "[2001:db8::1]:5678")]
    public void TryRead_OwnRecord_GivesItBack(string host, string udp)
    {
        var node = Of(host, udp);

        Assert.True(NodeRecord.TryRead(Verified(node), out var read, out _));
        Assert.Equal(node, read);
        Assert.Equal(Cast.Ursula.Id, read.Id);
        Assert.Equal(host.Length > 0, read.Service is not null);
        Assert.Equal(read.Id, Verified(node).Key);
    }

    [Fact]
    [Trait("Row", "NW-04")]
    public void ToRecord_LongestHost_StaysInTheLimit()
    {
        var record = Of(new string('h', NodeRecord.MaxHostLength), "[2001:db8::1]:5678")
            .ToRecord(Cast.Ursula.Signer, ulong.MaxValue, Cast.Now, Cast.Random());

        Assert.True(record.Bytes.Length <= 512);
    }

    [Fact]
    public void Service_WithoutTheCapability_IsNone() =>
        Assert.Null((Sample with { Capabilities = NodeCapabilities.Dht }).Service);

    [Fact]
    public void TryRead_OtherLengthsAndFlippedBits_AreRefused()
    {
        var bytes = Sample.ToRecord(Cast.Ursula.Signer, 1, Cast.Now.AddDays(1), Cast.Random()).Bytes.ToArray();

        Hostile.RefusesOtherLengths(bytes, Reads);
        Hostile.RefusesFlippedBits(bytes, Reads);
    }

    [Fact]
    public void TryRead_BodyOfAnotherLength_IsRefused()
    {
        var body = Verified(Sample).Body.ToArray();

        Hostile.RefusesOtherLengths(body, bytes => bytes.Length <= 389 && Reads(WithBody(bytes).Bytes.ToArray()));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("host/path")]
    [InlineData("user@host")]
    [InlineData("höst")]
    public void TryRead_HostThatIsNone_IsRefused(string host)
    {
        var record = Of(host, "127.0.0.1:1").ToRecord(Cast.Ursula.Signer, 1, Cast.Now, Cast.Random());
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));

        Assert.False(NodeRecord.TryRead(verified, out _, out var refusal));
        Assert.Equal(DecodeRefusal.Malformed, refusal);
    }

    [Fact]
    public void TryRead_AddressOfAnotherSize_IsRefused()
    {
        var body = Verified(Sample).Body.ToArray();
        Assert.Equal(4, body[45]);
        body[45] = 5;

        Assert.False(Reads(WithBody(body).Bytes.ToArray()));
    }

    [Fact]
    public void TryRead_TreasureMapWithTheBodyOfANodeRecord_IsNotForThis()
    {
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, Cast.Ursula.VerifyingKey.ToBytes(), [], 1, Cast.Now, Verified(Sample).Body.Span,
            RecordSignatures.By(Cast.Ursula.Signer, Cast.Random()));
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));

        Assert.False(NodeRecord.TryRead(verified, out _, out var refusal));
        Assert.Equal(DecodeRefusal.NotForThis, refusal);
    }

    private static NodeRecord Of(string host, string udp)
    {
        Assert.True(NodeAddress.TryParse(udp, out var address));
        return new NodeRecord(
            Cast.Ursula.VerifyingKey, Cast.Ursula.EncryptingKey, NodeCapabilities.Dht | NodeCapabilities.Ursula,
            address,
            host, 9151, Cast.PolicyId.Value);
    }

    private static SignedRecord WithBody(byte[] body) => SignedRecord.Create(
        RecordKind.NodeRecord, Cast.Ursula.VerifyingKey.ToBytes(), [], 1, Cast.Now, body,
        RecordSignatures.By(Cast.Ursula.Signer, Cast.Random()));

    private static bool Reads(byte[] bytes) =>
        SignedRecord.TryRead(bytes, out var record)
        && record.TryVerify(RecordSignatures.Verify, out var verified)
        && NodeRecord.TryRead(verified, out _, out _);

    private static VerifiedRecord Verified(NodeRecord node)
    {
        var record = node.ToRecord(Cast.Ursula.Signer, 1, Cast.Now.AddDays(1), Cast.Random());
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        return verified;
    }
}

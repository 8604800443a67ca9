using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Tests.Support;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Tests.Records;

public sealed class MapWithdrawalTests
{
    private static readonly VerifiedRecord Withdrawal = Verified(MapWithdrawal.ToRecord(
        Cast.Alice.Signer, Cast.Hrac, new(Cast.Version.Number + 1), Cast.Validity.NotAfter, Cast.Random()));

    [Fact]
    public void ToRecord_VersionAfterTheMaps_TakesItsPlaceUnderItsKeyUntilItsEnd()
    {
        var map = Verified(MapOf(Cast.Version));

        Assert.Equal((map.Key, map.NotAfter), (Withdrawal.Key, Withdrawal.NotAfter));
        Assert.True(Withdrawal.Supersedes(map));
        Assert.False(map.Supersedes(Withdrawal));
        Assert.True(Verified(MapOf(new(Cast.Version.Number + 2))).Supersedes(Withdrawal)); // granted anew
    }

    [Fact]
    public void Is_MapAndOtherBodies_AreNoWithdrawal()
    {
        Assert.True(MapWithdrawal.Is(Withdrawal));
        Assert.True(MapWithdrawal.Is(WithBody([.. "MpWd\0\u0001\0\u0001"u8, 7]))); // a newer minor version
        Assert.False(MapWithdrawal.Is(Verified(MapOf(Cast.Version))));
        byte[][] others = [[], [.. "MpWd"u8], [.. "MpWd\0\u0002\0\0"u8], [.. "MpWd\0\u0001\0\0"u8, 7]];
        Assert.All(others, body => Assert.False(MapWithdrawal.Is(WithBody(body))));
    }

    [Fact]
    public void TryRead_AsAMap_IsNone()
    {
        Assert.False(EncryptedTreasureMap.TryRead(Withdrawal, out _, out var refusal));
        Assert.Equal(DecodeRefusal.WrongBrand, refusal);
    }

    private static SignedRecord MapOf(PolicyVersion version) => new TreasureMap(
        1, Cast.Version, Cast.Validity, Cast.Alice.PolicyKey(Cast.Label), [Cast.Ursula.Id]).ToRecord(
        Cast.Alice.Signer, Cast.Bob.BobCard, Cast.Hrac, version, Cast.Random());

    private static VerifiedRecord WithBody(byte[] body) => Verified(SignedRecord.Create(
        RecordKind.TreasureMap, Cast.Alice.VerifyingKey.ToBytes(), Cast.Hrac.Value.ToBytes(), 1, Cast.Now, body,
        RecordSignatures.By(Cast.Alice.Signer, Cast.Random())));

    private static VerifiedRecord Verified(SignedRecord record)
    {
        Assert.True(record.TryVerify(RecordSignatures.Verify, out var verified));
        return verified;
    }
}

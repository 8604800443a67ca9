using System.Security.Cryptography;

namespace NuCypher.P2P.Dht.Tests.Records;

/// <summary>
/// Signs by hashing, for tests of whole networks where nobody forges; any key of 33 bytes is its own signer.
/// </summary>
internal static class DigestSigner
{
    public static bool Verify(
        ReadOnlySpan<byte> verifyingKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        SHA512.HashData([.. verifyingKey, .. message]).AsSpan().SequenceEqual(signature);

    public static VerifiedRecord Record(
        byte[] publisher, DateTimeOffset notAfter, ulong sequence = 1, byte[]? topic = null, int bodySize = 100)
    {
        var record = SignedRecord.Create(
            RecordKind.TreasureMap, publisher, topic ?? [1], sequence, notAfter, new byte[bodySize],
            message => SHA512.HashData([.. publisher, .. message]));
        return record.TryVerify(Verify, out var verified)
            ? verified
            : throw new InvalidOperationException("own signature");
    }

    public static byte[] Publisher(int number)
    {
        var key = new byte[SignedRecord.PublisherKeySize];
        BitConverter.TryWriteBytes(key, number);
        return key;
    }
}

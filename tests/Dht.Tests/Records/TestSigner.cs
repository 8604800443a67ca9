using System.Security.Cryptography;

namespace NuCypher.P2P.Dht.Tests.Records;

/// <summary>Signs with the platform's P-256, so that records can be tested without a curve of our own.</summary>
internal sealed class TestSigner : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestSigner()
    {
        var point = _key.ExportParameters(false).Q;
        PublisherKey = [(byte)(2 + (point.Y![^1] & 1)), .. point.X!];
        Keys[Convert.ToHexString(PublisherKey)] = point;
    }

    /// <summary>33 bytes, compressed.</summary>
    public byte[] PublisherKey { get; }

    private static System.Collections.Concurrent.ConcurrentDictionary<string, ECPoint> Keys { get; } = new();

    public static bool Verify(ReadOnlySpan<byte> verifyingKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!Keys.TryGetValue(Convert.ToHexString(verifyingKey), out var point))
            return false;
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256);
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => _key.SignData(message, HashAlgorithmName.SHA256);

    public VerifiedRecord Record(
        DateTimeOffset notAfter, ulong sequence = 1, byte topic = 0, int bodySize = 100,
        RecordKind kind = RecordKind.TreasureMap)
    {
        ReadOnlySpan<byte> topics = kind == RecordKind.NodeRecord ? [] : [topic];
        var record = SignedRecord.Create(kind, PublisherKey, topics, sequence, notAfter, new byte[bodySize], Sign);
        return record.TryVerify(Verify, out var verified)
            ? verified
            : throw new InvalidOperationException("own signature");
    }

    public void Dispose() => _key.Dispose();
}

namespace NuCypher.P2P.Umbral.Tests;

/// <summary>Every reader is fed what an enemy might send: it says false, and never throws.</summary>
public sealed class HostileBytesTests
{
    private delegate bool Reader(ReadOnlySpan<byte> bytes, out byte[]? again);

    private static readonly World World = new(1);

    private static readonly Dictionary<string, (byte[] Good, Reader Read)> Readers = new()
    {
        ["PublicKey"] = (World.Delegating.PublicKey.ToBytes(), (b, out again) => Again(
            PublicKey.TryRead(b, out var v), v?.ToBytes(), out again)),
        ["VerifyingKey"] = (World.Signer.VerifyingKey.ToBytes(), (b, out again) => Again(
            VerifyingKey.TryRead(b, out var v), v?.ToBytes(), out again)),
        ["Signature"] = (World.Signer.Sign([1], World.Random).ToBytes(), (b, out again) => Again(
            Signature.TryRead(b, out var v), v?.ToBytes(), out again)),
        ["Der"] = (World.Signer.Sign([1], World.Random).ToDer(), (b, out again) => Again(
            Signature.TryReadDer(b, out var v, out _), v?.ToDer(), out again)),
        ["Recoverable"] = (World.Signer.SignRecoverable([1], World.Random).ToBytes(), (b, out again) => Again(
            RecoverableSignature.TryRead(b, out var v, out _), v?.ToBytes(), out again)),
        ["Capsule"] = (World.Capsule.ToBytes(), (b, out again) => Again(
            Capsule.TryRead(b, out var v), v?.ToBytes(), out again)),
        ["KeyFrag"] = (World.KeyFrags[0].ToBytes(), (b, out again) => Again(
            KeyFrag.TryRead(b, out var v), v?.ToBytes(), out again)),
        ["CapsuleFrag"] = (World.Reencrypt()[0].ToBytes(), (b, out again) => Again(
            CapsuleFrag.TryRead(b, out var v), v?.ToBytes(), out again)),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void TryRead_TruncatedOrExtended_IsFalse(string name)
    {
        var (good, read) = Readers[name];

        Assert.True(read(good, out var again));
        Assert.Equal(good, again);
        for (var length = 0; length < good.Length; length++)
            Assert.False(read(good.AsSpan(0, length), out _));
        Assert.False(read([.. good, 0], out _));
        Assert.False(read([0, .. good], out _));
    }

    [Theory, MemberData(nameof(Names))]
    [Trait("Row", "CR-02")]
    public void TryRead_EachBitFlipped_IsFalseOrAnotherCanonicalValue(string name)
    {
        var (good, read) = Readers[name];
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bytes = (byte[])good.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            if (read(bytes, out var again))
                Assert.Equal(bytes, again);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void TryRead_RandomBytes_NeverThrows(string name)
    {
        var (good, read) = Readers[name];
        var random = new Random(2);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[i % 2 == 0 ? good.Length : random.Next(500)];
            random.NextBytes(bytes);

            if (read(bytes, out var again))
                Assert.Equal(bytes, again);
        }
    }

    [Fact]
    [Trait("Row", "CR-08")]
    public void TryRead_FlippedCapsule_NeverPassesItsEquation()
    {
        var good = World.Capsule.ToBytes();
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bytes = (byte[])good.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(Capsule.TryRead(bytes, out _));
        }
    }

    [Fact]
    public void TryRead_SecretsOfWrongLengthOrRange_IsFalse()
    {
        foreach (var length in new[] { 0, 1, 31, 33, 64 })
        {
            Assert.False(SecretKey.TryRead(new byte[length], out _));
            Assert.False(Signer.TryRead(new byte[length], out _));
            Assert.False(SecretKeyFactory.TryRead(new byte[length], out _));
            Assert.False(DataKey.TryRead(new byte[length], out _));
        }
        Assert.False(SecretKey.TryRead(new byte[32], out _));
        Assert.False(Signer.TryRead([.. Enumerable.Repeat((byte)0xFF, 32)], out _));
    }

    private static bool Again(bool read, byte[]? bytes, out byte[]? again)
    {
        again = bytes;
        Assert.Equal(read, bytes is not null);
        return read;
    }
}

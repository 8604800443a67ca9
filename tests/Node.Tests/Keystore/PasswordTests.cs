using System.Text;
using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.Tests.Keystore;

public sealed class PasswordTests
{
    [Theory]
    [InlineData(new byte[] { 0x63, 0x61, 0x66, 0xe9 }), InlineData(new byte[] { 0xd0, 0xc1, 0xd2, 0xcf, 0xcc, 0xd8 })]
    [InlineData(new byte[] { 0xc0, 0x80 }), InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0x61, 0xe2, 0x82 })]
    [InlineData(new byte[] { 0xff, 0xfe, 0x61, 0x00 })]
    public void TryRead_BytesThatAreNotUtf8_Refuses(byte[] bytes)
    {
        Assert.False(Password.TryRead(bytes, out _, out var refusal));
        Assert.Equal(PasswordRefusal.NotUnicode, refusal);
    }

    [Fact]
    public void TryRead_HalfASurrogatePair_Refuses() => Assert.False(Password.TryRead("pass\ud800word", out _, out _));

    [Fact]
    public void TryRead_TheLongest_IsTakenAndOneMoreIsNot()
    {
        Assert.True(Password.TryRead(new string('x', Password.MaxSize), out _, out _));
        Assert.False(Password.TryRead(new string('x', Password.MaxSize + 1), out _, out var refusal));
        Assert.Equal(PasswordRefusal.TooLong, refusal);
    }

    [Fact]
    public void Open_KeystoreSealedUnderTheOtherSpelling_OpensEitherWay()
    {
        using var composed = Of("caf\u00e9-pass");
        using var decomposed = Of("cafe\u0301-pass");
        using var compatible = Of("caf\u00e9-pa\u017fs");
        var seed = new byte[KeystoreFile.SeedSize];

        var file = KeystoreFile.Seal(seed, decomposed, ScryptCost.Minimum);

        Assert.Equal(KeystoreVerdict.Opened, KeystoreFile.Open(file, composed, seed));
        Assert.Equal(KeystoreVerdict.Opened, KeystoreFile.Open(file, decomposed, seed));
        Assert.Equal(KeystoreVerdict.WrongPassword, KeystoreFile.Open(file, compatible, seed));
    }

    [Fact]
    public void Open_OldKeystoreSealedWithWhatWasTyped_Opens()
    {
        using var decomposed = Of("cafe\u0301-pass");
        var file = SealedRaw(Encoding.UTF8.GetBytes("cafe\u0301-pass"));

        Assert.Equal(KeystoreVerdict.Opened, KeystoreFile.Open(file, decomposed, new byte[KeystoreFile.SeedSize]));
    }

    [Theory]
    [InlineData("a"), InlineData("1234567"), InlineData("aaaaaaaaaa"), InlineData("12345678"), InlineData("hgfedcba")]
    [InlineData("abababab")]
    [InlineData("password"), InlineData("Password1!"), InlineData("letmein99"), InlineData("p\u00e4ss")]
    public void Weakness_SoonGuessed_IsNamed(string text)
    {
        using var password = Of(text);

        Assert.NotNull(password.Weakness);
    }

    [Theory, InlineData("caf\u00e9-pass"), InlineData("correct horse battery"), InlineData("k7#qWz2p")]
    [InlineData("пароль-ключ")]
    public void Weakness_GoodEnough_IsNone(string text)
    {
        using var password = Of(text);

        Assert.Null(password.Weakness);
    }

    // What a keystore was before passwords were normalized: these bytes, whatever they are.
    private static byte[] SealedRaw(byte[] typed)
    {
        using var stand = Of(new string('x', typed.Length));
        typed.CopyTo(stand.Utf8, 0);
        return KeystoreFile.Seal(new byte[KeystoreFile.SeedSize], stand, ScryptCost.Minimum);
    }

    private static Password Of(string text)
    {
        Assert.True(Password.TryRead(text, out var password, out _));
        return password;
    }
}

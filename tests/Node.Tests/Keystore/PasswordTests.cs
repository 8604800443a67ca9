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

    [Theory]
    [InlineData("p\u00e4sswo1", "it has 7 characters; 8 are the least")]
    [InlineData("abcdabcd", "it has fewer than 5 different characters")]
    [InlineData("23456789", "its characters follow each other in the alphabet")]
    [InlineData("!Password!", "it is among the first that anybody tries")]
    public void Weakness_EachKind_SaysWhy(string text, string why)
    {
        using var password = Of(text);

        Assert.Equal(why, password.Weakness);
    }

    [Theory]
    [InlineData("password"), InlineData("passwort"), InlineData("motdepasse"), InlineData("qwertyuiop")]
    [InlineData("qwertzuiop"), InlineData("asdfghjkl"), InlineData("iloveyou"), InlineData("princess")]
    [InlineData("football"), InlineData("baseball"), InlineData("sunshine"), InlineData("superman")]
    [InlineData("starwars"), InlineData("trustno1"), InlineData("whatever"), InlineData("letmein")]
    [InlineData("dragon"), InlineData("monkey"), InlineData("welcome"), InlineData("changeme"), InlineData("secret")]
    [InlineData("nucypher"), InlineData("12345678"), InlineData("87654321"), InlineData("qwerty")]
    [InlineData("1q2w3e4r"), InlineData("abc123"), InlineData("admin")]
    public void Weakness_CommonWordWithFourMoreCharacters_IsNamedAndWithFiveIsNot(string word)
    {
        using var before = Of($"?x7!{word}");
        using var behind = Of($"{word}?x7!");
        using var around = Of($"?x{word}7!");
        using var longer = Of($"?x{word}7!v");

        Assert.All([before, behind, around], weak => Assert.NotNull(weak.Weakness));
        Assert.Null(longer.Weakness);
    }

    [Fact]
    public void TryRead_Nothing_IsEmpty()
    {
        Assert.False(Password.TryRead("", out var password, out var refusal));
        Assert.Equal((null, PasswordRefusal.Empty), (password, refusal));
        Assert.False(Password.TryRead("\ud800", out password, out refusal));
        Assert.Equal((null, PasswordRefusal.NotUnicode), (password, refusal));
        Assert.True(Password.TryRead("x", out password, out refusal));
        Assert.Equal(PasswordRefusal.None, refusal);
    }

    [Fact]
    public void Equals_OtherSpellingAndOtherPassword_ComparesNormalForms()
    {
        using var one = Of("cafe\u0301-pass");
        using var same = Of("caf\u00e9-pass");
        using var other = Of("caf\u00e9-pasz");

        Assert.True(one.Equals(same));
        Assert.False(one.Equals(other));
        Assert.Null(same.Typed);
        Assert.Equal(Encoding.UTF8.GetBytes("cafe\u0301-pass"), one.Typed);
    }

    [Theory, InlineData("caf\u00e9-pass"), InlineData("correct horse battery"), InlineData("k7#qWz2p")]
    [InlineData("abcdeabc"), InlineData("abcdefgx"), InlineData("xabcdefg"), InlineData("acegikmo")]
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

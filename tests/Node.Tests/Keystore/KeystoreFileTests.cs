using System.Security.Cryptography;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;

namespace NuCypher.P2P.Node.Tests.Keystore;

public sealed class KeystoreFileTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, KeystoreFile.SeedSize).Select(i => (byte)i)];
    private static readonly byte[] Sealed = Seal(Seed);

    [Fact]
    public void Open_RightPassword_GivesTheSeed()
    {
        var seed = new byte[KeystoreFile.SeedSize];

        var verdict = Open(Sealed, seed);

        Assert.Equal(KeystoreVerdict.Opened, verdict);
        Assert.Equal(Seed, seed);
    }

    [Fact]
    public void Open_WrongPassword_RefusesAndGivesNothing()
    {
        using var wrong = PasswordOf("correct horse batterx");
        var seed = new byte[KeystoreFile.SeedSize];

        var verdict = KeystoreFile.Open(Sealed, wrong, seed);

        Assert.Equal(KeystoreVerdict.WrongPassword, verdict);
        Assert.Equal(new byte[KeystoreFile.SeedSize], seed);
    }

    [Fact]
    public void Open_EveryTruncationAndOneMoreByte_IsNotAKeystore()
    {
        var lengths = Enumerable.Range(0, Sealed.Length).ToList();

        Assert.All(lengths, length => Assert.Equal(KeystoreVerdict.NotAKeystore, Open(Sealed.AsSpan(0, length))));
        Assert.Equal(KeystoreVerdict.NotAKeystore, Open([.. Sealed, 0]));
    }

    [Fact]
    public void Open_AnyByteChanged_Refuses()
    {
        for (var index = 0; index < Sealed.Length; index++)
        {
            var changed = Sealed.ToArray();
            changed[index] ^= 0x80;

            Assert.NotEqual(KeystoreVerdict.Opened, Open(changed));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Open_SealedByAnotherProgram_NeedsTheHeadAsAssociatedData(bool hasHead)
    {
        byte[] file = [.. "NKey\0\u0001\0\0\u000a\u0008\u0001"u8, .. Enumerable.Range(11, 76).Select(i => (byte)i)];
        var head = hasHead ? file.AsSpan(0, 39) : default;
        var key = ScryptCost.Minimum.DeriveKey("correct horse battery"u8.ToArray(), file.AsSpan(11, 16), 32);
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(file.AsSpan(27, 12), Seed, file.AsSpan(39, 32), file.AsSpan(71), head);

        Assert.Equal(hasHead ? KeystoreVerdict.Opened : KeystoreVerdict.WrongPassword, Open(file));
    }

    [Fact]
    public void Dispose_Password_IsZeroed()
    {
        Assert.True(Password.TryRead("cafe\u0301-pass", out var password, out _));
        var (normal, typed) = (password.Utf8, password.Typed!);

        password.Dispose();

        Assert.All(normal, letter => Assert.Equal(0, letter));
        Assert.All(typed, letter => Assert.Equal(0, letter));
        Assert.Equal(nameof(Password), password.ToString());
    }

    [Fact]
    public void Create_Identity_ZeroesTheSeedWhetherItIsKeptOrNot()
    {
        using var folder = new TemporaryFolder();
        using var password = PasswordOf("correct horse battery");
        var data = new DataFolder(folder.Path);
        var (first, second) = (Seed.ToArray(), Seed.ToArray());

        IdentityStore.Create(data, password, ScryptCost.Minimum, first).Dispose();
        Assert.Throws<CommandException>(() => IdentityStore.Create(data, password, ScryptCost.Minimum, second));

        Assert.All([.. first, .. second], part => Assert.Equal(0, part));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Open_RandomBytes_Refuses(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = new byte[random.Next(2 * KeystoreFile.Size)];
            random.NextBytes(bytes);

            Assert.NotEqual(KeystoreVerdict.Opened, Open(bytes));
        }
    }

    [Theory]
    [InlineData(21, 8, 1), InlineData(255, 8, 1), InlineData(9, 8, 1)]
    [InlineData(17, 255, 1), InlineData(17, 0, 1), InlineData(17, 8, 0), InlineData(17, 8, 5)]
    public void Open_CostOutOfBounds_RefusesWithoutSpendingIt(byte logRounds, byte blockSize, byte lanes)
    {
        var hostile = Sealed.ToArray();
        (hostile[8], hostile[9], hostile[10]) = (logRounds, blockSize, lanes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var verdict = Open(hostile);

        Assert.Equal(KeystoreVerdict.ExcessiveCost, verdict);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 * 1024);
    }

    [Theory]
    [InlineData(10, 8, 1, true), InlineData(20, 8, 4, true), InlineData(9, 8, 1, false), InlineData(21, 8, 1, false)]
    [InlineData(10, 7, 1, false), InlineData(10, 9, 1, false), InlineData(10, 8, 0, false), InlineData(10, 8, 5, false)]
    public void IsAcceptable_CostsAroundTheBounds_AreTakenWithinThem(
        byte logRounds, byte size, byte lanes, bool expected)
    {
        var cost = new ScryptCost(logRounds, size, lanes);

        Assert.Equal(expected, cost.IsAcceptable);
        if (!expected)
        {
            var error = Assert.Throws<InvalidOperationException>(() => cost.DeriveKey([1], [2], 32));
            Assert.Equal("the cost is out of bounds", error.Message);
        }
    }

    [Theory, InlineData(0), InlineData(31), InlineData(33)]
    public void Seal_SeedOfAnotherSize_Throws(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Seal(new byte[size]));

    [Fact]
    public void Replace_Keystore_IsThatOfTheNewPassword()
    {
        using var folder = new TemporaryFolder();
        using var old = PasswordOf("correct horse battery");
        using var renewed = PasswordOf("staple of another horse");
        var path = folder.File("keystore");
        Assert.True(KeystoreFile.TryCreate(path, Seed, old, ScryptCost.Minimum));
        Assert.False(KeystoreFile.TryCreate(path, Seed, renewed, ScryptCost.Minimum));

        KeystoreFile.Replace(path, Seed, renewed, ScryptCost.Minimum);

        var seed = new byte[KeystoreFile.SeedSize];
        Assert.Equal(KeystoreVerdict.WrongPassword, KeystoreFile.Read(path, old, seed));
        Assert.Equal(KeystoreVerdict.Opened, KeystoreFile.Read(path, renewed, seed));
        Assert.Equal(Seed, seed);
    }

    [Fact]
    public void DefaultCost_IsMemoryHardAndAcceptable()
    {
        var memory = 128L * (1 << ScryptCost.Default.LogRounds) * ScryptCost.Default.BlockSize;

        Assert.True(memory >= 64 * 1024 * 1024);
        Assert.True(ScryptCost.Default.IsAcceptable);
    }

    [Fact]
    public void Seal_Twice_SharesNoSaltNonceOrCiphertext()
    {
        var (one, other) = (Seal(Seed), Seal(Seed));

        Assert.NotEqual(one[11..27], other[11..27]);
        Assert.NotEqual(one[27..39], other[27..39]);
        Assert.NotEqual(one[39..], other[39..]);
    }

    [Fact]
    public void Write_NewFile_OnlyTheOwnerMayReadIt()
    {
        using var folder = new TemporaryFolder();
        using var password = PasswordOf("correct horse battery");
        var path = folder.File("keystore");

        Assert.True(KeystoreFile.TryCreate(path, Seed, password, ScryptCost.Minimum));

        var seed = new byte[KeystoreFile.SeedSize];
        Assert.Equal(KeystoreVerdict.Opened, KeystoreFile.Read(path, password, seed));
        Assert.Equal(Seed, seed);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Read_HugeFile_ReadsNoMoreThanAKeystore()
    {
        using var folder = new TemporaryFolder();
        using var password = PasswordOf("correct horse battery");
        var path = folder.File("keystore");
        using (var file = File.Create(path))
            file.SetLength(1L << 40);

        Assert.Equal(KeystoreVerdict.NotAKeystore, KeystoreFile.Read(path, password, new byte[KeystoreFile.SeedSize]));
    }

    private static byte[] Seal(byte[] seed)
    {
        using var password = PasswordOf("correct horse battery");
        return KeystoreFile.Seal(seed, password, ScryptCost.Minimum);
    }

    private static KeystoreVerdict Open(ReadOnlySpan<byte> file, byte[]? seed = null)
    {
        using var password = PasswordOf("correct horse battery");
        return KeystoreFile.Open(file, password, seed ?? new byte[KeystoreFile.SeedSize]);
    }

    private static Password PasswordOf(string text)
    {
        Assert.True(Password.TryRead(text, out var password, out _));
        return password!;
    }
}

using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;
using NuCypher.P2P.Node.Keystore;
using NuCypher.P2P.Policy;

namespace NuCypher.P2P.Node.Tests.Keystore;

public sealed class IdentityStoreTests : IDisposable
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, KeystoreFile.SeedSize).Select(i => (byte)i)];

    private readonly TemporaryFolder _folder = new();
    private readonly Password _password = Of("correct horse battery");

    private DataFolder Data => new(_folder.Path);

    public void Dispose()
    {
        _password.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Open_FolderOfAnIdentity_GivesTheOneOfItsSeed()
    {
        IdentityStore.Create(Data, _password, ScryptCost.Minimum, Seed.ToArray()).Dispose();

        using var opened = IdentityStore.Open(Data, _password);
        using var fromBytes = IdentityStore.OpenBytes(File.ReadAllBytes(Data.Keystore), _password, "a copy");

        Assert.True(Identity.TryRead(Seed, out var expected));
        Assert.Equal([expected.Id, expected.Id], new[] { opened.Id, fromBytes.Id });
        expected.Dispose();
    }

    [Fact]
    public void Create_FolderThatHasAnIdentity_SaysSoAndKeepsIt()
    {
        IdentityStore.Create(Data, _password, ScryptCost.Minimum, Seed.ToArray()).Dispose();
        var before = File.ReadAllBytes(Data.Keystore);

        var error = Assert.Throws<CommandException>(
            () => IdentityStore.Create(Data, _password, ScryptCost.Minimum, new byte[KeystoreFile.SeedSize]));

        Assert.Equal((ExitCode.Storage, $"{_folder.Path} has an identity already"), (error.Code, error.Message));
        Assert.Equal(before, File.ReadAllBytes(Data.Keystore));
    }

    [Fact]
    public void Open_WrongPassword_SaysWhichFileAndWhatToDo()
    {
        IdentityStore.Create(Data, _password, ScryptCost.Minimum, Seed.ToArray()).Dispose();
        using var wrong = Of("correct horse batterx");

        var error = Assert.Throws<CommandException>(() => IdentityStore.Open(Data, wrong));

        Assert.Equal(
            (ExitCode.Password, $"the password does not open {Data.Keystore}"), (error.Code, error.Message));
        Assert.Equal(
            "Type it again, as it was when the identity was made (nucypher password changes it); "
            + "only if it is surely right, the file was changed: restore a copy.",
            error.Remedy);
    }

    [Theory]
    [InlineData(
        8, 21, "a copy asks for more memory than a keystore may", "It was not made by this program: restore a copy.")]
    [InlineData(0, 0, "a copy is not a keystore of this version", "Restore a copy, or make a new identity elsewhere.")]
    public void OpenBytes_AnotherFile_SaysWhatItIs(int index, byte value, string what, string remedy)
    {
        var bytes = KeystoreFile.Seal(Seed, _password, ScryptCost.Minimum);
        bytes[index] = value;

        var error = Assert.Throws<CommandException>(() => IdentityStore.OpenBytes(bytes, _password, "a copy"));

        Assert.Equal((ExitCode.Storage, what, remedy), (error.Code, error.Message, error.Remedy));
    }

    private static Password Of(string text)
    {
        Assert.True(Password.TryRead(text, out var password, out _));
        return password;
    }
}

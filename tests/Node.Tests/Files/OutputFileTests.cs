using System.Diagnostics;
using NuCypher.P2P.Node.Errors;
using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commit_Fifo_GivesTheReaderEverythingAndStaysAFifo()
    {
        var fifo = _folder.File("fifo");
        await Process.Start("mkfifo", [fifo]).WaitForExitAsync();
        var read = Task.Run(() => File.ReadAllBytes(fifo));

        await Task.Run(() => OutputFile.Write(
            fifo, new byte[(2 * Spool.MemorySize) + 5], Modes.Secret)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((2 * Spool.MemorySize) + 5, (await read.WaitAsync(TimeSpan.FromSeconds(30))).Length);
        Assert.False(Posix.StatusOf(fifo)!.IsFile);
    }

    [Fact]
    public void Commit_DeviceByALink_StaysADevice()
    {
        var link = _folder.File("null");
        File.CreateSymbolicLink(link, "/dev/null");

        OutputFile.Write(link, "bytes"u8, Modes.Secret);

        Assert.Equal("/dev/null", File.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName);
        Assert.False(Posix.StatusOf("/dev/null")!.IsFile);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Commit_LinkToAFile_WritesWhatItNamesAndStaysALink(bool isThere)
    {
        var (link, target) = (_folder.File("link"), _folder.File("target"));
        if (isThere)
            File.WriteAllText(target, "older");
        File.CreateSymbolicLink(link, "target");

        OutputFile.Write(link, "new"u8, Modes.Secret);

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Theory, InlineData(OwnersAlone), InlineData(OwnersAlone | UnixFileMode.GroupRead)]
    [InlineData(OwnersAlone | UnixFileMode.OtherWrite)]
    public void Commit_OverAFile_KeepsItsMode(object mode)
    {
        var path = _folder.File("kept");
        File.WriteAllText(path, "older");
        File.SetUnixFileMode(path, (UnixFileMode)mode);

        OutputFile.Write(path, "new"u8, Modes.Shared);

        Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Write_BeforeTheCommit_NothingIsInTheFolder()
    {
        using var output = new OutputFile(_folder.File("secret"), Modes.Secret);
        output.Write(new byte[100_000]);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Commit_NameAsLongAsNamesCanBe_IsWritten()
    {
        var path = _folder.File(new string('n', 255));

        OutputFile.Write(path, "new"u8, Modes.Secret);

        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Open_Folder_SaysSo()
    {
        var refusal = Assert.Throws<CommandException>(() => new OutputFile(_folder.Path, Modes.Secret));

        Assert.Contains("is a folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyTo_MoreThanFitsInMemory_IsTheSameAndLeavesNoFile()
    {
        var bytes = new byte[(3 * Spool.MemorySize) + 17];
        new Random(7).NextBytes(bytes);
        var before = Directory.GetFiles(Path.GetTempPath(), "nucypher-*");
        using var spool = new Spool();
        using var destination = new MemoryStream();

        foreach (var piece in bytes.Chunk(70_001))
            spool.Write(piece);
        var during = Directory.GetFiles(Path.GetTempPath(), "nucypher-*");
        spool.CopyTo(destination);

        Assert.Equal(bytes, destination.ToArray());
        Assert.Equal(before, during);
    }
}

using NuCypher.P2P.Node.Files;

namespace NuCypher.P2P.Node.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void Dispose_WithoutCommit_LeavesTheOlderFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("kept");
        File.WriteAllText(path, "older");

        using (var file = new AtomicFile(path))
            file.Stream.Write("half"u8);

        Assert.Equal("older", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Commit_OverAnOlderFile_ReplacesIt()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("replaced");
        File.WriteAllText(path, "older and longer");

        AtomicFile.Write(path, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void TryCommitNew_TwoAtOnce_OneGetsTheNameAndTheOtherChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("mine");
        using var first = new AtomicFile(path, Modes.Secret);
        using var second = new AtomicFile(path, Modes.Secret);
        first.Stream.Write("first"u8);
        second.Stream.Write("second"u8);

        Assert.True(first.TryCommitNew());
        Assert.False(second.TryCommitNew());
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Create_MissingFolder_ThrowsAndWritesNothing()
    {
        using var folder = new TemporaryFolder();

        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder.File("missing/file"), "x"u8));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}

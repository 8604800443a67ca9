using System.Text;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Files;

/// <summary>
/// The standard output, which says so when nobody takes what is written: .NET's own keeps silent about a reader who has
/// gone.
/// </summary>
internal sealed class StandardOutput : Stream
{
    // Where the program was started without, a file that it opened may have the number.
    private readonly bool _isThere = Posix.IsInherited(1);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The same for text.</summary>
    public static TextWriter OpenText() => OperatingSystem.IsWindows()
        ? Console.Out
        : TextWriter.Synchronized(new StreamWriter(new StandardOutput(), new UTF8Encoding(false)) { AutoFlush = true });

    /// <summary>Opens it for bytes.</summary>
    public static Stream Open() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutput();

    /// <inheritdoc/>
    /// <exception cref="CommandException">The reader has gone, or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_isThere)
            throw new CommandException(
                ExitCode.Storage, "there is no standard output", "Give one, such as > FILE.");
        try
        {
            Posix.WriteToOutput(buffer);
        }
        catch (IOException e)
        {
            throw new CommandException(
                ExitCode.Storage, $"{e.Message}, before everything was written",
                "What reads it has ended, or its disk is full: what it got is not whole.");
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is held back.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}

using System.Buffers;
using System.Buffers.Text;
using NuCypher.P2P.Node.Errors;

namespace NuCypher.P2P.Node.Kits;

/// <summary>
/// The bytes of a kit that stands as text in a stream, perhaps quoted, wrapped anew, or in the middle of a mail.
/// </summary>
/// <remarks>
/// Holds one block of the text, whatever a stranger puts into it. What follows the end is left unread.
/// </remarks>
internal sealed class ArmorReader : Stream
{
    private const int BlockSize = 16 * 1024;

    private readonly Stream _text;
    private readonly byte[] _block = new byte[BlockSize];
    private readonly byte[] _symbols = new byte[BlockSize + 4];
    private readonly byte[] _decoded = new byte[BlockSize + 4];
    private int _blockStart;
    private int _blockEnd;
    private int _symbolCount;
    private int _decodedStart;
    private int _decodedEnd;
    private int _line = 1;
    private bool _isEnded;

    private ArmorReader(Stream text) => _text = text;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Looks for the beginning of a kit; null if there is none near the start.</summary>
    /// <param name="start">What was read of the text already: at most one block.</param>
    /// <param name="text">Where the rest comes from; its owner disposes it.</param>
    public static ArmorReader? Find(ReadOnlySpan<byte> start, Stream text)
    {
        var reader = new ArmorReader(text);
        start.CopyTo(reader._block);
        reader._blockEnd = start.Length;
        return reader.SkipToBegin() ? reader : null;
    }

    /// <inheritdoc/>
    /// <exception cref="CommandException">The text is damaged or cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_decodedStart == _decodedEnd && !_isEnded)
            Decode();
        var count = Math.Min(buffer.Length, _decodedEnd - _decodedStart);
        _decoded.AsSpan(_decodedStart, count).CopyTo(buffer);
        _decodedStart += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool SkipToBegin()
    {
        var window = new byte[Armor.Begin.Length];
        for (var skipped = 0; skipped < Armor.MaxPreamble + window.Length && TryNext(out var next); skipped++)
        {
            window.AsSpan(1).CopyTo(window);
            window[^1] = next;
            if (window.AsSpan().SequenceEqual(Armor.Begin))
                return true;
        }

        return false;
    }

    private void Decode()
    {
        var isLast = false;
        while (_symbolCount < BlockSize && !isLast)
        {
            if (!TryNext(out var next))
                throw Damaged("ends before its last line");
            if (next == (byte)'-')
                isLast = true;
            else if (IsSymbol(next))
                _symbols[_symbolCount++] = next;
            else if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'>'))
                throw Damaged($"has a character in line {_line} that doesn't belong to it");
        }

        if (isLast)
            PassEnd();
        var whole = isLast ? _symbolCount : _symbolCount & ~3;
        if (Base64.DecodeFromUtf8(
            _symbols.AsSpan(0, whole), _decoded, out _, out _decodedEnd, isFinalBlock: isLast) != OperationStatus.Done)
            throw Damaged($"is altered or cut near line {_line}");
        _symbols.AsSpan(whole, _symbolCount - whole).CopyTo(_symbols);
        (_symbolCount, _decodedStart, _isEnded) = (_symbolCount - whole, 0, isLast);
    }

    private void PassEnd()
    {
        foreach (var expected in Armor.End[1..])
        {
            if (!TryNext(out var next) || next != expected)
                throw Damaged("has no right last line");
        }
    }

    private static bool IsSymbol(byte c) => char.IsAsciiLetterOrDigit((char)c)
        || c is (byte)'+' or (byte)'/' or (byte)'=';

    // Zeros are passed over: so a text in UTF-16, as some shells write it, reads like one in UTF-8.
    private bool TryNext(out byte next)
    {
        do
        {
            next = 0;
            if (_blockStart == _blockEnd)
                (_blockStart, _blockEnd) = (0, _text.Read(_block));
            if (_blockEnd == 0)
                return false;
            next = _block[_blockStart++];
        }
        while (next == 0);
        _line += next == (byte)'\n' ? 1 : 0;
        return true;
    }

    private static CommandException Damaged(string how) => new(
        ExitCode.BadInput, $"the text of the kit {how}",
        "Get it again, from the line with BEGIN to the line with END; a file may pass where a message doesn't.");
}

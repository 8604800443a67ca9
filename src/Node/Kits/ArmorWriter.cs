using System.Buffers.Text;

namespace NuCypher.P2P.Node.Kits;

/// <summary>Writes bytes as lines of base64 between two lines of words.</summary>
/// <param name="write">Takes the text.</param>
internal sealed class ArmorWriter(Action<ReadOnlySpan<byte>> write)
{
    private const int BytesPerLine = Armor.LineLength / 4 * 3;

    private readonly byte[] _line = new byte[BytesPerLine];
    private readonly byte[] _text = new byte[Armor.LineLength + 1];
    private int _count;
    private bool _isBegun;

    /// <summary>Takes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Begin();
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, BytesPerLine - _count);
            bytes[..taken].CopyTo(_line.AsSpan(_count));
            _count += taken;
            bytes = bytes[taken..];
            if (_count == BytesPerLine)
                WriteLine();
        }
    }

    /// <summary>Writes what is left, and the end.</summary>
    public void Finish()
    {
        Begin();
        if (_count > 0)
            WriteLine();
        write([.. Armor.End, (byte)'\n']);
    }

    private void Begin()
    {
        if (!_isBegun)
            write([.. Armor.Begin, (byte)'\n']);
        _isBegun = true;
    }

    private void WriteLine()
    {
        Base64.EncodeToUtf8(_line.AsSpan(0, _count), _text, out _, out var length);
        _text[length] = (byte)'\n';
        write(_text.AsSpan(0, length + 1));
        _count = 0;
    }
}

using static System.StringComparison;

namespace NuCypher.P2P.Actors.Configuration;

/// <summary>Finds the line of every key in a text, and refuses what Akka's parser would misread.</summary>
/// <remarks>
/// It smooths a copy of the text for the parser: comments and odd blanks become blanks, commas become line ends,
/// because the parser fails at a comma after a block and makes an empty item of one after a line end.
/// </remarks>
internal sealed class HoconLocator(string text, string origin)
{
    private const string NotInUnquoted = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly char[] _smooth = text.ToCharArray();
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _position;
    private int _line = 1;

    /// <summary>The line of each key, from one, by its dotted path; of equal keys the last one's.</summary>
    public IReadOnlyDictionary<string, int> Lines => _lines;

    private char Current => _position < text.Length ? text[_position] : '\0';

    private bool AtEnd => _position >= text.Length;

    private bool AtComment => Current == '#' || StartsWith("//");

    private bool AtEndOfValue => AtEnd || Current is '\n' or ',' or '}' or ']';

    /// <returns>The text for Akka's parser.</returns>
    /// <exception cref="ConfigurationException">The text is malformed or too deep.</exception>
    public string Locate()
    {
        SkipBlanks(lines: true);
        if (TrySkip('{'))
            SkipMembers('}', string.Empty, 0);
        else
            SkipMembers('\0', string.Empty, 0);
        SkipBlanks(lines: true);
        return AtEnd ? new string(_smooth) : throw Error($"unexpected '{Current}' after the end.");
    }

    private void SkipMembers(char end, string path, int depth)
    {
        var begin = _line;
        for (SkipSeparators(); !AtEnd && Current != end; SkipSeparators())
            SkipMember(path, depth);
        if (end != '\0' && !TrySkip(end))
            throw Error($"'{end}' is missing; the block began in line {begin}.");
    }

    private void SkipMember(string path, int depth)
    {
        for (var more = true; more; more = TrySkip('.'))
        {
            path = path.Length == 0 ? ReadKey() : $"{path}.{ReadKey()}";
            _lines[path] = _line;
            CheckDepth(++depth);
        }

        SkipBlanks(lines: false);
        if (Current != '{' && !TrySkip('=') && !TrySkip(':'))
            throw Error($"'=' is missing after the key '{path}'.");
        SkipBlanks(lines: true);
        SkipValue(path, depth);
    }

    private string ReadKey()
    {
        var start = _position;
        if (Current == '"')
        {
            SkipQuoted();
            return text[(start + 1)..(_position - 1)];
        }

        while ((char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_' or '/') && !AtComment)
            _position++;
        if (_position > start)
            return text[start.._position];
        throw Error(AtEnd ? "the text ends in a key." : $"unexpected '{Current}' in a key; put it in quotes.");
    }

    private void SkipValue(string path, int depth)
    {
        if (TrySkip('{'))
            SkipMembers('}', path, depth);
        else if (TrySkip('['))
            SkipItems(path, depth + 1);
        else
            SkipText();
        SkipBlanks(lines: false);
        if (!AtEndOfValue)
            throw Error($"unexpected '{Current}'; put the value in quotes.");
    }

    private void SkipItems(string path, int depth)
    {
        CheckDepth(depth);
        var begin = _line;
        for (SkipSeparators(); !AtEnd && Current != ']'; SkipSeparators())
            SkipValue(path, depth);
        if (!TrySkip(']'))
            throw Error($"']' is missing; the list began in line {begin}.");
    }

    /// <summary>Pieces on one line, quoted and unquoted.</summary>
    private void SkipText()
    {
        if (AtEndOfValue)
            throw Error("a value is missing.");
        for (; !AtEndOfValue; SkipBlanks(lines: false))
        {
            if (StartsWith("\"\"\""))
                SkipTripleQuoted();
            else if (Current == '"')
                SkipQuoted();
            else
                SkipUnquoted();
        }
    }

    private void SkipUnquoted()
    {
        if (Current == '$')
            throw Error("substitutions are not read; set the key with an environment variable or --set.");
        var start = _position;
        while (!AtEnd && !AtComment && !char.IsWhiteSpace(Current) && !NotInUnquoted.Contains(Current, Ordinal))
            _position++;
        if (_position == start)
            throw Error($"unexpected '{Current}'; put the value in quotes.");
    }

    private void SkipQuoted()
    {
        for (_position++; Current != '"'; _position++)
        {
            if (AtEnd || Current == '\n')
                throw Error("a quoted string does not end.");
            if (Current == '\\')
                SkipEscape();
        }

        _position++;
    }

    private void SkipEscape()
    {
        const int Digits = 4;
        _position++;
        if (Current != 'u')
        {
            if (AtEnd || !"\"\\/bfnrt".Contains(Current, Ordinal))
                throw Error("an unknown escape in a quoted string.");
            return;
        }

        var digits = text[(_position + 1)..Math.Min(_position + 1 + Digits, text.Length)];
        if (digits.Count(char.IsAsciiHexDigit) < Digits)
            throw Error("\\u needs four hexadecimal digits.");
        _position += Digits;
    }

    private void SkipTripleQuoted()
    {
        const string Quotes = "\"\"\"";
        var start = _position + Quotes.Length;
        var end = text.IndexOf(Quotes, start, Ordinal);
        if (end < 0)
            throw Error("a triple-quoted string does not end.");
        _line += text.AsSpan(start, end - start).Count('\n');
        _position = end + Quotes.Length;
    }

    private void SkipSeparators()
    {
        for (SkipBlanks(lines: true); Current == ','; SkipBlanks(lines: true))
            _smooth[_position++] = '\n';
    }

    private void SkipBlanks(bool lines)
    {
        for (; !AtEnd && (lines || Current != '\n'); _position++)
        {
            if (Current == '\n')
                _line++;
            else if (AtComment)
                SkipComment();
            else if (!char.IsWhiteSpace(Current) && Current != '\uFEFF')
                return;
            else
                _smooth[_position] = ' ';
        }
    }

    /// <summary>To the last character before the end of the line.</summary>
    private void SkipComment()
    {
        var start = _position;
        while (_position + 1 < text.Length && text[_position + 1] != '\n')
            _position++;
        _smooth.AsSpan(start, _position + 1 - start).Fill(' ');
    }

    private bool TrySkip(char expected)
    {
        if (AtEnd || Current != expected)
            return false;
        _position++;
        return true;
    }

    private bool StartsWith(string expected) => text.AsSpan(_position).StartsWith(expected, Ordinal);

    private void CheckDepth(int depth)
    {
        if (depth > Hocon.MaxDepth)
            throw Error($"nested deeper than {Hocon.MaxDepth} levels.");
    }

    private ConfigurationException Error(string message) => new(message, origin, _line);
}

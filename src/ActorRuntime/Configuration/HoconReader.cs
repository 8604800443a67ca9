using System.Text;

namespace NuCypher.P2P.ActorRuntime.Configuration;

/// <summary>A recursive-descent parser over one text; depth and length are bounded by the caller's constants.</summary>
internal sealed class HoconReader(string text, string origin, Func<string, string?> environment)
{
    private const string NotInUnquoted = "$\"{}[]:=,+#`^?!@*&\\";

    private int _position;
    private int _line = 1;

    private char Current => _position < text.Length ? text[_position] : '\0';

    private bool AtEnd => _position >= text.Length;

    private bool AtComment => Current == '#' || StartsWith("//");

    public ConfigObject ReadDocument()
    {
        SkipBlanks(lines: true);
        var root = TrySkip('{') ? ReadMembers('}', 1) : ReadMembers('\0', 0);
        SkipBlanks(lines: true);
        return AtEnd ? root : throw Error($"unexpected '{Current}' after the end.");
    }

    private ConfigObject ReadMembers(char end, int depth)
    {
        var result = new ConfigObject(origin, _line);
        for (SkipSeparators(); !AtEnd && Current != end; SkipSeparators())
            ReadMember(result, depth);
        if (end != '\0' && !TrySkip(end))
            throw Error($"'{end}' is missing; the block began in line {result.Line}.");
        return result;
    }

    private void ReadMember(ConfigObject target, int depth)
    {
        var path = ReadKey();
        CheckDepth(depth + path.Length);
        SkipBlanks(lines: false);
        if (Current != '{' && !TrySkip('=') && !TrySkip(':'))
            throw Error($"'=' is missing after the key '{string.Join('.', path)}'.");
        SkipBlanks(lines: true);
        if (ReadValue(depth + path.Length) is { } value)
            target.Set(path, value);
        SkipBlanks(lines: false);
        if (!AtEnd && Current is not ('\n' or ',' or '}'))
            throw Error($"unexpected '{Current}'; put the value in quotes.");
    }

    private string[] ReadKey()
    {
        var segments = new List<string>();
        do
        {
            segments.Add(Current == '"' ? ReadQuoted() : ReadKeyWord());
        }
        while (TrySkip('.'));
        return [.. segments];
    }

    private string ReadKeyWord()
    {
        var start = _position;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_' or '/')
            _position++;
        return _position > start ? text[start.._position] : throw Error(AtEnd ? "the text ends in a key." : $"unexpected '{Current}' in a key.");
    }

    /// <returns>Null for a value that consists of missing environment variables only.</returns>
    private ConfigNode? ReadValue(int depth)
    {
        CheckDepth(depth);
        if (TrySkip('{'))
            return ReadMembers('}', depth + 1);
        return TrySkip('[') ? ReadList(depth + 1) : ReadScalar();
    }

    private ConfigList ReadList(int depth)
    {
        var line = _line;
        var items = new List<ConfigNode>();
        for (SkipSeparators(); !AtEnd && Current != ']'; SkipSeparators())
        {
            if (ReadValue(depth) is { } item)
                items.Add(item);
            SkipBlanks(lines: false);
            if (!AtEnd && Current is not ('\n' or ',' or ']') && !AtComment)
                throw Error($"unexpected '{Current}' in a list.");
        }

        return TrySkip(']') ? new ConfigList(items, origin, line) : throw Error($"']' is missing; the list began in line {line}.");
    }

    /// <summary>Pieces on one line: quoted, unquoted, substituted. Blanks between two pieces count, outer ones don't.</summary>
    private ConfigScalar? ReadScalar()
    {
        var line = _line;
        var value = new StringBuilder();
        var (pieces, found) = (0, 0);
        for (var blanks = string.Empty; !AtEnd && Current is not ('\n' or ',' or '}' or ']') && !AtComment; blanks = ReadBlanks())
        {
            pieces++;
            if (ReadPiece() is not { } piece)
                continue;
            found++;
            value.Append(blanks).Append(piece);
        }

        if (pieces == 0)
            throw Error("a value is missing.");
        return found == 0 ? null : new ConfigScalar(value.ToString(), origin, line);
    }

    private string? ReadPiece() => Current switch
    {
        '"' => StartsWith("\"\"\"") ? ReadTripleQuoted() : ReadQuoted(),
        '$' => ReadSubstitution(),
        _ => ReadUnquoted(),
    };

    private string ReadUnquoted()
    {
        var start = _position;
        while (!AtEnd && !char.IsWhiteSpace(Current) && !NotInUnquoted.Contains(Current, StringComparison.Ordinal) && !AtComment)
            _position++;
        return _position > start ? text[start.._position] : throw Error($"unexpected '{Current}'; put the value in quotes.");
    }

    private string ReadQuoted()
    {
        var value = new StringBuilder();
        for (_position++; Current != '"'; _position++)
        {
            if (AtEnd || Current == '\n')
                throw Error("a quoted string does not end.");
            value.Append(Current == '\\' ? ReadEscape() : Current);
        }

        _position++;
        return value.ToString();
    }

    private char ReadEscape()
    {
        _position++;
        return Current switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => ReadCodeUnit(),
            _ => throw Error("an unknown escape in a quoted string."),
        };
    }

    private char ReadCodeUnit()
    {
        const int Digits = 4;
        if (_position + Digits >= text.Length
            || !ushort.TryParse(text.AsSpan(_position + 1, Digits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit))
        {
            throw Error("\\u needs four hexadecimal digits.");
        }

        _position += Digits;
        return (char)unit;
    }

    private string ReadTripleQuoted()
    {
        const string Quotes = "\"\"\"";
        var start = _position + Quotes.Length;
        var end = text.IndexOf(Quotes, start, StringComparison.Ordinal);
        if (end < 0)
            throw Error("a triple-quoted string does not end.");
        _line += text.AsSpan(start, end - start).Count('\n');
        _position = end + Quotes.Length;
        return text[start..end];
    }

    /// <returns>Null for an optional variable that is not set.</returns>
    private string? ReadSubstitution()
    {
        var end = text.IndexOf('}', _position);
        if (!StartsWith("${") || end < 0 || text.AsSpan(_position, end - _position).Contains('\n'))
            throw Error("a substitution is ${?NAME} or ${NAME}.");
        var isOptional = StartsWith("${?");
        var name = text[(_position + (isOptional ? 3 : 2))..end];
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
            throw Error("a substitution names an environment variable.");
        _position = end + 1;
        return environment(name) ?? (isOptional ? null : throw Error($"the environment variable {name} is not set."));
    }

    private string ReadBlanks()
    {
        var start = _position;
        SkipBlanks(lines: false, comments: false);
        return text[start.._position];
    }

    private void SkipSeparators()
    {
        do
            SkipBlanks(lines: true);
        while (TrySkip(','));
    }

    private void SkipBlanks(bool lines, bool comments = true)
    {
        while (!AtEnd && (lines || Current != '\n'))
        {
            if (Current == '\n')
                _line++;
            else if (comments && AtComment)
                SkipComment();
            else if (!char.IsWhiteSpace(Current) && Current != '\uFEFF')
                return;
            _position++;
        }
    }

    /// <summary>To the last character before the end of the line.</summary>
    private void SkipComment()
    {
        while (_position + 1 < text.Length && text[_position + 1] != '\n')
            _position++;
    }

    private bool TrySkip(char expected)
    {
        if (AtEnd || Current != expected)
            return false;
        _position++;
        return true;
    }

    private bool StartsWith(string expected) => string.CompareOrdinal(text, _position, expected, 0, expected.Length) == 0;

    private void CheckDepth(int depth)
    {
        if (depth > Hocon.MaxDepth)
            throw Error(FormattableString.Invariant($"nested deeper than {Hocon.MaxDepth} levels."));
    }

    private ConfigurationException Error(string message) => new(message, origin, _line);
}

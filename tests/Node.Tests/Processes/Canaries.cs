using System.Text;

namespace NuCypher.P2P.Node.Tests.Processes;

/// <summary>Secrets that a test knows, in every form in which a program may have them.</summary>
internal sealed class Canaries
{
    private const int Half = 16;

    private readonly List<(string Name, byte[] Bytes)> _needles = [];

    /// <summary>All forms, under the secrets' names.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Needles => _needles;

    /// <summary>A secret of bytes: each half of it, as it is, with its words or all of it reversed; and as text.
    /// </summary>
    public void Add(string name, Action<Span<byte>> write)
    {
        var secret = new byte[32];
        write(secret);
        byte[] reversed = [.. secret.Reverse()];
        byte[] words = [.. secret.Chunk(sizeof(ulong)).SelectMany(word => word.Reverse())];
        foreach (var form in new[] { secret, reversed, words })
        {
            _needles.Add((name, form[..Half]));
            _needles.Add((name, form[Half..]));
        }

        AddText(name, Convert.ToHexStringLower(secret)[..Half]);
        AddText(name, Convert.ToHexString(secret)[..Half]);
        AddText(name, Convert.ToBase64String(secret)[..Half]);
    }

    /// <summary>A secret text, in the encodings of files and of .NET.</summary>
    public void AddText(string name, string text)
    {
        _needles.Add((name, Encoding.UTF8.GetBytes(text)));
        _needles.Add((name, Encoding.Unicode.GetBytes(text)));
    }
}

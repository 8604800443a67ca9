using System.Buffers;
using System.Buffers.Text;
using System.Text;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy;

/// <summary>
/// The text of cards: role prefix, then base64url (RFC 4648 section 5, no padding) of keys and a 4-byte checksum.
/// </summary>
internal static class CardText
{
    /// <summary>The longest text that is looked at: Bob's card has 99 characters.</summary>
    public const int MaxLength = 128;

    public const string AlicePrefix = "alice1_";
    public const string BobPrefix = "bob1_";
    private const int ChecksumSize = 4;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Write(string prefix, byte[] keys) =>
        prefix + Base64Url.EncodeToString([.. keys, .. Checksum(prefix, keys)]);

    public static CardRefusal TryRead(string? text, string prefix, int size, out byte[] keys)
    {
        keys = [];
        var trimmed = (text ?? string.Empty).Trim();
        var refusal = CheckPrefix(trimmed, prefix);
        if (refusal != CardRefusal.None)
            return refusal;
        var payload = new byte[size + ChecksumSize];
        if (!TryDecode(trimmed[prefix.Length..], payload))
            return CardRefusal.BadText;
        keys = payload[..size];
        return payload.AsSpan(size).SequenceEqual(Checksum(prefix, keys))
            ? CardRefusal.None
            : CardRefusal.WrongChecksum;
    }

    private static CardRefusal CheckPrefix(string text, string prefix)
    {
        if (text.Length == 0)
            return CardRefusal.Empty;
        if (text.Length > MaxLength)
            return CardRefusal.TooLong;
        if (text.StartsWith(prefix, StringComparison.Ordinal))
            return CardRefusal.None;
        var card = text.StartsWith(AlicePrefix, StringComparison.Ordinal)
            || text.StartsWith(BobPrefix, StringComparison.Ordinal);
        return card ? CardRefusal.OtherRole : CardRefusal.NotACard;
    }

    // The text is compared with what the bytes would be written as: one card has one text.
    private static bool TryDecode(string text, byte[] payload) =>
        !text.AsSpan().ContainsAnyExcept(Alphabet) // padding and blanks would pass, and may make the decoder throw
        && Base64Url.IsValid(text, out var length)
        && length == payload.Length
        && Base64Url.TryDecodeFromChars(text, payload, out _)
        && Base64Url.EncodeToString(payload) == text;

    private static byte[] Checksum(string prefix, byte[] keys) =>
        DomainHash.Compute(DomainTags.Card, Encoding.ASCII.GetBytes(prefix), keys).ToBytes()[..ChecksumSize];
}

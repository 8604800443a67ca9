using Akka.Configuration.Hocon;

namespace NuCypher.P2P.Actors.Configuration;

/// <summary>What a value of Akka's parser is: it keeps pieces, and blanks after them.</summary>
internal static class HoconValues
{
    /// <summary>Null if the value is no block.</summary>
    public static HoconObject? AsBlock(this HoconValue value) => value.LastPiece() as HoconObject;

    /// <summary>Null if the value is no list.</summary>
    public static HoconArray? AsList(this HoconValue value) => value.LastPiece() as HoconArray;

    /// <summary>The text with the blanks in its quotes alone; null if the value is none.</summary>
    public static string? AsText(this HoconValue value) => value.LastPiece() is HoconLiteral last
        ? string.Concat(value.Values[..(value.Values.LastIndexOf(last) + 1)].Select(piece => piece.GetString()))
        : null;

    // The first piece may be an empty text in quotes; a later one that is blank stood outside of them.
    private static IHoconElement? LastPiece(this HoconValue value) =>
        value.Values.LastOrDefault(piece => piece is not HoconLiteral text || !string.IsNullOrWhiteSpace(text.Value))
        ?? value.Values.FirstOrDefault();
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>How the report is printed: one line for programs, many for people.</summary>
internal static class Format
{
    public static JsonSerializerOptions Line { get; } = Of(indented: false);

    public static JsonSerializerOptions Table { get; } = Of(indented: true);

    private static JsonSerializerOptions Of(bool indented) => new()
    {
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

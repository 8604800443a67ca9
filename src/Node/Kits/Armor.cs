namespace NuCypher.P2P.Node.Kits;

/// <summary>The words around a kit that is written as text, for mail and chat.</summary>
internal static class Armor
{
    /// <summary>How many bytes may stand before the beginning.</summary>
    public const int MaxPreamble = 64 * 1024;

    /// <summary>How many characters a written line has; a reader takes any.</summary>
    public const int LineLength = 64;

    /// <summary>Stands before the base64.</summary>
    public static ReadOnlySpan<byte> Begin => "-----BEGIN NUCYPHER KIT-----"u8;

    /// <summary>Stands behind it.</summary>
    public static ReadOnlySpan<byte> End => "-----END NUCYPHER KIT-----"u8;
}

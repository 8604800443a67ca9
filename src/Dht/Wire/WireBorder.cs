using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.Dht;

/// <summary>Where remote bytes reach the MessagePack library, and what it throws becomes a refusal.</summary>
internal static class WireBorder
{
    /// <summary>Reads something; false if it is not that. May throw what the library throws.</summary>
    public delegate bool Reading<T>(scoped ref MessagePackReader reader, out T result)
        where T : allows ref struct;

    /// <summary>Reads from the first byte on. Never throws; false where the reading refuses or throws.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> encoded, Reading<T> reading, [MaybeNullWhen(false)] out T result)
        where T : allows ref struct
    {
        var reader = new MessagePackReader(encoded);
        return TryRead(ref reader, reading, out result);
    }

    /// <summary>The same from where a reader stands; where it stands after a refusal is open.</summary>
    public static bool TryRead<T>(
        scoped ref MessagePackReader reader, Reading<T> reading, [MaybeNullWhen(false)] out T result)
        where T : allows ref struct
    {
        try
        {
            return reading(ref reader, out result);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException
            or InsufficientExecutionStackException or ArgumentOutOfRangeException)
        {
            result = default;
            return false;
        }
    }
}

namespace NuCypher.P2P.Dht.Tests.Vectors;

/// <summary>Where this node deliberately does not do as the Python peer did; each with its reason.</summary>
internal static class OddDifferences
{
    /// <summary>Answered by the Python peer, dropped by this node.</summary>
    public static IReadOnlyDictionary<string, string> Unanswered { get; } = new Dictionary<string, string>
    {
        ["find_node, key of 4 bytes"] = "a key is a point of the key space: 20 bytes",
        ["find_value of the 3-byte key"] = "a key is a point of the key space: 20 bytes",
        ["store with a key of 32 bytes"] = "a key is a point of the key space: 20 bytes",
    };

    /// <summary>Answered by both, with another result.</summary>
    public static IReadOnlyDictionary<string, string> OtherResult { get; } = new Dictionary<string, string>
    {
        ["find_value of the stored array"] = "an array as a value makes a Python peer's get fail: refused, so a miss",
        ["store a map"] = "a map as a value makes a Python peer's get fail: refused",
        ["store value 60000 bytes"] = "longer than what is read of a datagram: refused",
        ["find_value of it"] = "its 20,000 bytes were refused: more than a Python peer can send",
    };
}

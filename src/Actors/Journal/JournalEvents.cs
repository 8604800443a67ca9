using NuCypher.P2P.Policy.Alice;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Actors.Journal;

/// <summary>
/// The events of Ursula's policies and Alice's grants as bytes with a manifest; nothing is made from a type's name.
/// </summary>
public static class JournalEvents
{
    /// <summary>Kind and version of an event.</summary>
    /// <exception cref="ArgumentException">It is none of the project's.</exception>
    public static string ManifestOf(object journalEvent) => journalEvent switch
    {
        PolicyEvent policyEvent => policyEvent.Manifest,
        GrantEvent grantEvent => grantEvent.Manifest,
        _ => throw new ArgumentException($"{journalEvent.GetType()} is no event of the journal.", nameof(journalEvent)),
    };

    /// <summary>The bytes of an event.</summary>
    /// <exception cref="ArgumentException">It is none of the project's.</exception>
    public static byte[] ToBytes(object journalEvent) => journalEvent switch
    {
        PolicyEvent policyEvent => policyEvent.ToBytes(),
        GrantEvent grantEvent => grantEvent.ToBytes(),
        _ => throw new ArgumentException($"{journalEvent.GetType()} is no event of the journal.", nameof(journalEvent)),
    };

    /// <summary>Reads an event back.</summary>
    /// <exception cref="InvalidDataException">The manifest is unknown, or the bytes are not exactly one such
    /// event.</exception>
    public static object Read(string manifest, ReadOnlySpan<byte> bytes)
    {
        if (PolicyEvents.TryRead(manifest, bytes, out var policyEvent))
            return policyEvent;
        return GrantEvents.TryRead(manifest, bytes, out var grantEvent)
            ? grantEvent
            : throw new InvalidDataException($"The journal holds a '{manifest}' that this program can't read.");
    }
}

using NuCypher.P2P.Actors.Journal;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Ursula;

namespace NuCypher.P2P.Node.Demo;

/// <summary>
/// The bytes of one deposited kfrag as they lie in an Ursula's journal, to look for them again when they must be gone.
/// </summary>
internal sealed class KeyFragTrace
{
    private const int NeedleSize = 64;

    private readonly DemoNode _ursula;
    private readonly byte[] _needle;

    private KeyFragTrace(DemoNode ursula, byte[] needle) => (_ursula, _needle) = (ursula, needle);

    /// <summary>Reads the deposit of a policy; null if this node holds none.</summary>
    public static async Task<KeyFragTrace?> TakeAsync(DemoNode ursula, PolicyId policy)
    {
        var histories = await ursula.Journal.Catalog.ReadAsync($"policy-{ursula.Identity.Id}-{policy}", null, 1);
        foreach (var history in histories)
        {
            foreach (var stored in history.Events.Where(stored => EventOf(stored) is KeyFragDeposited))
            {
                if (await ursula.Journal.BytesAtRestAsync(history.PersistenceId, stored.SequenceNr) is { } bytes)
                    return new KeyFragTrace(ursula, bytes[..NeedleSize]);
            }
        }

        return null;
    }

    /// <summary>Whether any file of the database still holds the bytes.</summary>
    public bool IsInFiles() => _ursula.JournalFiles.Any(path => Read(path).AsSpan().IndexOf(_needle) >= 0);

    private static PolicyEvent? EventOf(StoredEvent stored) =>
        PolicyEvents.TryRead(stored.Manifest, stored.Payload.Span, out var read) ? read : null;

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }
}

using NuCypher.P2P.Policy.Sessions;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Bob;

/// <summary>
/// Sorts verified cfrags by the splitting of the key that they come from: only those of one splitting fit together.
/// </summary>
internal sealed class CapsuleFragPile(int threshold)
{
    // Offsets in the encoding of a cfrag: 32 bytes id of the kfrag, 33 bytes precursor, equal for all kfrags of one
    // splitting.
    private const int IdOffset = 73;
    private const int PrecursorOffset = 107;

    private readonly Dictionary<string, List<VerifiedCapsuleFrag[]>> _bySplitting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>How many answers of one splitting there are.</summary>
    public int Largest => _bySplitting.Values.Select(answers => answers.Count).DefaultIfEmpty().Max();

    /// <summary>The cfrags per capsule, once there are enough of one splitting.</summary>
    public IReadOnlyList<IReadOnlyList<VerifiedCapsuleFrag>>? Complete
    {
        get
        {
            var enough = _bySplitting.Values.FirstOrDefault(answers => answers.Count >= threshold);
            return enough is null
                ? null
                : [.. Enumerable.Range(0, enough[0].Length).Select(i => enough.Select(answer => answer[i]).ToArray())];
        }
    }

    /// <summary>
    /// Takes one Ursula's answer: one cfrag per capsule, all from one kfrag that nobody else answered with.
    /// </summary>
    public UrsulaOutcomeKind Add(VerifiedCapsuleFrag[] answer)
    {
        string[] ids = [.. answer.Select(cfrag => Part(cfrag, IdOffset, 32)).Distinct()];
        string[] splittings = [.. answer.Select(cfrag => Part(cfrag, PrecursorOffset, 33)).Distinct()];
        if (ids.Length != 1 || splittings.Length != 1)
            return UrsulaOutcomeKind.BadCapsuleFrag;
        if (!_ids.Add(ids[0]))
            return UrsulaOutcomeKind.RepeatedCapsuleFrag;
        if (!_bySplitting.TryGetValue(splittings[0], out var answers))
            _bySplitting.Add(splittings[0], answers = []);
        answers.Add(answer);
        return UrsulaOutcomeKind.Reencrypted;
    }

    private static string Part(VerifiedCapsuleFrag cfrag, int offset, int size) =>
        Convert.ToHexString(cfrag.ToBytes().AsSpan(offset, size));
}

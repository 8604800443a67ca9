using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Rules;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>A threshold of Ursulas confirmed a new time and rules.</summary>
/// <param name="Hrac">Which grant.</param>
/// <param name="Version">The version of the order.</param>
/// <param name="Validity">The new time.</param>
/// <param name="ServedUntil">The latest end that may be in force: the old one too, if a threshold may not have heard of
/// the new.</param>
/// <param name="MapRecord">The treasure map's new record.</param>
public sealed record GrantRenewed(
    Hrac Hrac, PolicyVersion Version, Validity Validity, DateTimeOffset ServedUntil,
    ReadOnlyMemory<byte> MapRecord) : GrantEvent
{
    internal const string Name = "grant-renewed/3";

    /// <inheritdoc/>
    public override string Manifest => Name;

    /// <summary>The new rules.</summary>
    public PolicyRules Rules { get; init; } = PolicyRules.None;

    internal static GrantEvent? Read(ref FieldReader reader)
    {
        var renewed = new GrantRenewed(
            new Hrac(reader.Digest()), reader.Version(), reader.Validity(), reader.Time(),
            reader.Prefixed(SignedRecord.MaxSize).ToArray());
        return PolicyRules.TryRead(reader.Prefixed(PolicyRules.MaxSize), out var rules)
            ? renewed with { Rules = rules }
            : null;
    }

    internal override void Write(FieldWriter writer) => writer
        .Digest(Hrac.Value).Version(Version).Validity(Validity).Time(ServedUntil).Prefixed(MapRecord.Span)
        .Prefixed(Rules.ToBytes());
}

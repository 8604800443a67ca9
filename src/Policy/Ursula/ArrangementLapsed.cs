using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>No kfrag came for an arrangement.</summary>
/// <param name="At">When it lapsed.</param>
public sealed record ArrangementLapsed(DateTimeOffset At) : PolicyEvent
{
    internal const string Name = "arrangement-lapsed/1";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static PolicyEvent Read(ref FieldReader reader) => new ArrangementLapsed(reader.Time());

    internal override void Write(FieldWriter writer) => writer.Time(At);
}

using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>A grant was made; it takes the place of an earlier one of the same hrac.</summary>
/// <param name="Grant">All of it.</param>
public sealed record GrantMade(Grant Grant) : GrantEvent
{
    internal const string Name = "grant-made/3";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static GrantEvent? Read(ref FieldReader reader) =>
        Grant.Read(ref reader) is { } grant ? new GrantMade(grant) : null;

    internal override void Write(FieldWriter writer) => Grant.Write(writer);
}

using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>Kfrags are about to be sent; comes again, longer, when more Ursulas are.</summary>
/// <param name="Grant">All of it, without a treasure map.</param>
public sealed record GrantBegun(Grant Grant) : GrantEvent
{
    internal const string Name = "grant-begun/2";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static GrantEvent? Read(ref FieldReader reader) =>
        Grant.Read(ref reader) is { } grant ? new GrantBegun(grant) : null;

    internal override void Write(FieldWriter writer) => Grant.Write(writer);
}

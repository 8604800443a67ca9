using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>Alice gives an order: its version is used up, whatever comes of it.</summary>
/// <param name="Hrac">About which grant.</param>
/// <param name="Version">The version of the order.</param>
/// <param name="Validity">The time that a renewal orders; null: it revokes, and there is no way back.</param>
public sealed record OrderIssued(Hrac Hrac, PolicyVersion Version, Validity? Validity) : GrantEvent
{
    internal const string Name = "order-issued/2";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static GrantEvent Read(ref FieldReader reader) =>
        new OrderIssued(
        new Hrac(reader.Digest()), reader.Version(), reader.Byte() != 0 ? null : reader.Validity());

    internal override void Write(FieldWriter writer)
    {
        writer.Digest(Hrac.Value).Version(Version).Byte(Validity is null ? (byte)1 : (byte)0);
        if (Validity is { } validity)
            writer.Validity(validity);
    }
}

using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>Alice gives an order: its version is used up, whatever comes of it.</summary>
/// <param name="Hrac">About which grant.</param>
/// <param name="Version">The version of the order.</param>
/// <param name="IsRevocation">Whether it ends the grant: there is no way back.</param>
public sealed record OrderIssued(Hrac Hrac, PolicyVersion Version, bool IsRevocation) : GrantEvent
{
    internal const string Name = "order-issued/1";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static GrantEvent Read(ref FieldReader reader) =>
        new OrderIssued(new Hrac(reader.Digest()), reader.Version(), reader.Byte() != 0);

    internal override void Write(FieldWriter writer) =>
        writer.Digest(Hrac.Value).Version(Version).Byte(IsRevocation ? (byte)1 : (byte)0);
}

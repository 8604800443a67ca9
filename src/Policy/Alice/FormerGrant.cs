using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>
/// Deposits of an earlier grant of the same name that nobody confirmed as gone: they may still be served.
/// </summary>
/// <param name="KeyFragVersion">The version of the deposits.</param>
/// <param name="Threshold">How many of the Ursulas could still serve Bob.</param>
/// <param name="Shares">How many kfrags there were.</param>
/// <param name="ServedUntil">The latest end that was ever ordered for them.</param>
/// <param name="Holders">Who may still hold which kfrag.</param>
public sealed record FormerGrant(
    PolicyVersion KeyFragVersion, int Threshold, int Shares, DateTimeOffset ServedUntil,
    IReadOnlyList<KeyFragHolder> Holders)
{
    internal static FormerGrant Read(ref FieldReader reader) => new(
        reader.Version(), reader.Count(1, 255), reader.Count(1, 255), reader.Time(), KeyFragHolder.ReadAll(ref reader));

    internal void Write(FieldWriter writer)
    {
        writer.Version(KeyFragVersion).Count(Threshold).Count(Shares).Time(ServedUntil);
        KeyFragHolder.WriteAll(Holders, writer);
    }

    /// <summary>Whether so many shares are gone that the rest is below the threshold.</summary>
    internal bool IsGone(IReadOnlyCollection<Dht.NodeId> gone) =>
        KeyFragHolder.SharesGone(Holders, Shares, gone) > Shares - Threshold;

    internal FormerGrant Without(IReadOnlyCollection<Dht.NodeId> gone) =>
        this with { Holders = [.. Holders.Where(holder => !gone.Contains(holder.Ursula))] };
}

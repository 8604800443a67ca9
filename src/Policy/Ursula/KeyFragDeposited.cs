using NuCypher.P2P.Policy.Wire;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>A verified kfrag was taken; it takes the place of one of a lower version.</summary>
/// <param name="Order">The hash of the deposit.</param>
/// <param name="Version">The version of the deposit.</param>
/// <param name="Validity">The time in which to serve.</param>
/// <param name="Bob">Who may ask.</param>
/// <param name="StoredKeyFrag">The kfrag under the storage key: <see cref="ProxyKeys.StoredSize"/> bytes.</param>
public sealed record KeyFragDeposited(
    Digest Order, PolicyVersion Version, Validity Validity, VerifyingKey Bob, ReadOnlyMemory<byte> StoredKeyFrag)
    : PolicyEvent
{
    internal const string Name = "kfrag-deposited/1";

    /// <inheritdoc/>
    public override string Manifest => Name;

    internal static PolicyEvent? Read(ref FieldReader reader)
    {
        var (order, version, validity, bob) =
            (reader.Digest(), reader.Version(), reader.Validity(), reader.VerifyingKey());
        var stored = reader.Bytes(ProxyKeys.StoredSize).ToArray();
        return bob is null ? null : new KeyFragDeposited(order, version, validity, bob, stored);
    }

    internal override void Write(FieldWriter writer) =>
        writer.Digest(Order).Version(Version).Validity(Validity).Key(Bob).Bytes(StoredKeyFrag.Span);
}

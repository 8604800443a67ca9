namespace NuCypher.P2P.Dht;

/// <summary>Counts who gave something valid, a signed record or a plain value, whatever it is.</summary>
internal sealed class AnyCollector(
    NodeId key, int quorum, SignatureVerifier verifier, DateTimeOffset now) : ValueCollector(quorum)
{
    /// <summary>Nothing: what is found is not the point.</summary>
    public override DhtOutcome? Outcome => null;

    /// <inheritdoc />
    protected override bool TryAdd(Contact giver, ReadOnlyMemory<byte> encoded) =>
        ValueStore.IsRecord(encoded, out _)
            ? new RecordCollector(key, 1, verifier, now).Offer(giver, encoded)
            : PlainValue.TryRead(encoded, out _);
}

using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy.Records;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>What a mediator says about the nodes behind a NAT that it mediates for.</summary>
internal static class GuestList
{
    private const int MaxGuests = 8;

    /// <summary>Those of the list whose own signed record says that they serve behind a NAT. Never throws.</summary>
    public static IReadOnlyList<ServiceTarget> Read(ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        var reader = new FieldReader(bytes);
        var count = bytes.IsEmpty ? 0 : reader.Count(0, MaxGuests);
        List<ServiceTarget> targets = [];
        for (var i = 0; i < count; i++)
        {
            var record = reader.Prefixed(SignedRecord.MaxNodeRecordSize);
            if (reader.Refusal == DecodeRefusal.None && SignedRecord.TryRead(record, out var read)
                && read.TryVerify(RecordSignatures.Verify, out var verified) && verified.IsCurrent(now)
                && NodeRecord.TryRead(verified, out var node, out _)
                && node.Service is { Address.Route: not null } target)
                targets.Add(target);
        }
        return targets;
    }
}

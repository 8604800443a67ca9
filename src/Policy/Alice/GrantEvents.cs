using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>Reads persisted events of Alice's grants.</summary>
public static class GrantEvents
{
    /// <summary>
    /// Reads an event; false for an unknown manifest and for bytes that are not exactly one event. Never throws.
    /// </summary>
    public static bool TryRead(
        string manifest, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out GrantEvent? grantEvent)
    {
        var reader = new FieldReader(bytes);
        grantEvent = manifest switch
        {
            GrantBegun.Name => GrantBegun.Read(ref reader),
            GrantMade.Name => GrantMade.Read(ref reader),
            GrantRenewed.Name => GrantRenewed.Read(ref reader),
            OrderIssued.Name => OrderIssued.Read(ref reader),
            RevocationConfirmed.Name => RevocationConfirmed.Read(ref reader),
            _ => null,
        };
        if (reader.Refusal != DecodeRefusal.None || !reader.AtEnd)
            grantEvent = null;
        return grantEvent is not null;
    }
}

using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>Reads persisted events of an Ursula's policies.</summary>
public static class PolicyEvents
{
    /// <summary>
    /// Reads an event; false for an unknown manifest and for bytes that are not exactly one event. Never throws.
    /// </summary>
    public static bool TryRead(
        string manifest, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PolicyEvent? policyEvent)
    {
        var reader = new FieldReader(bytes);
        policyEvent = manifest switch
        {
            PolicyArranged.Name => PolicyArranged.Read(ref reader),
            ArrangementLapsed.Name => ArrangementLapsed.Read(ref reader),
            KeyFragDeposited.Name => KeyFragDeposited.Read(ref reader),
            PolicyRenewed.Name => PolicyRenewed.Read(ref reader),
            PolicyRevoked.Name => PolicyRevoked.Read(ref reader),
            PolicyExpired.Name => PolicyExpired.Read(ref reader),
            _ => null,
        };
        if (reader.Refusal != DecodeRefusal.None || !reader.AtEnd)
            policyEvent = null;
        return policyEvent is not null;
    }
}

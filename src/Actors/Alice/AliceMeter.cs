using System.Diagnostics.Metrics;

namespace NuCypher.P2P.Actors.Alice;

/// <summary>Counts what Alice ordered, and what came of it.</summary>
internal static class AliceMeter
{
    private static readonly Meter Meter = new("NuCypher.P2P.Alice");

    private static readonly Counter<long> Orders = Meter.CreateCounter<long>(
        "nucypher.alice.orders", "{order}", "Grants, renewals and revocations that came to an end.");

    /// <summary>Counts one.</summary>
    public static void Count(string order, string outcome) =>
        Orders.Add(1, new("nucypher.alice.order", order), new("nucypher.alice.outcome", outcome));
}

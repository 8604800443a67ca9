namespace NuCypher.P2P.Policy.Tests.Support;

/// <summary>Readings of clocks that nobody set, of a node that was always up.</summary>
internal static class Time
{
    public static ClockReading At(DateTimeOffset now) => ClockReading.Certain(now, now - DateTimeOffset.MinValue);
}

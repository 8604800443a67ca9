namespace NuCypher.P2P.Simulator;

/// <summary>
/// Swizzle-clogging: the hosts of a group fall silent one by one, and come back one by one in another order.
/// </summary>
/// <remarks>Source: FoundationDB's simulation testing.</remarks>
public static class Swizzle
{
    /// <summary>Starts it; half of the time hosts fall silent, in the other half they come back.</summary>
    public static void Start(VirtualTime time, IEnumerable<SimulatedHost> group, TimeSpan duration, Random random)
    {
        SimulatedHost[] hosts = [.. group];
        Spread(time, hosts, TimeSpan.Zero, duration / 2, random, SimulatedNetwork.Clog);
        Spread(time, hosts, duration / 2, duration / 2, random, SimulatedNetwork.Unclog);
    }

    private static void Spread(
        VirtualTime time, SimulatedHost[] hosts, TimeSpan start, TimeSpan length, Random random,
        Action<SimulatedHost> act)
    {
        random.Shuffle(hosts);
        for (var i = 0; i < hosts.Length; i++)
        {
            var host = hosts[i];
            time.Schedule(start + (length * (i + 1) / hosts.Length), () => act(host));
        }
    }
}

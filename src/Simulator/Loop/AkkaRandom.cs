using System.Reflection;
using Akka.Util;

namespace NuCypher.P2P.Simulator;

/// <summary>What Akka draws at random on a thread: the jitter of back-off, uids of actors.</summary>
/// <remarks>
/// The one private member of Akka that the simulator touches, because there is no other way; a test fails if an update
/// has moved it.
/// </remarks>
internal static class AkkaRandom
{
    private const string Field = "_rng";

    private static readonly ThreadLocal<Random> OfThread =
        typeof(ThreadLocalRandom).GetField(
            Field, BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) as ThreadLocal<Random>
        ?? throw new MissingFieldException(typeof(ThreadLocalRandom).FullName, Field);

    /// <summary>From now on Akka draws from another generator on this thread.</summary>
    /// <returns>From which it drew before.</returns>
    public static Random Swap(Random random)
    {
        var before = OfThread.Value!;
        OfThread.Value = random;
        return before;
    }
}

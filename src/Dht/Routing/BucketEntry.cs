using System.Runtime.InteropServices;

namespace NuCypher.P2P.Dht;

/// <summary>A contact of the table and how it behaved; a value, so that a bucket is one block of memory.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="HeardAt">When it last answered, in ticks of UTC.</param>
/// <param name="Failures">Requests in a row that it did not answer.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
internal readonly record struct BucketEntry(Contact Contact, long HeardAt, int Failures = 0)
{
    public bool Healthy => Failures == 0;
}

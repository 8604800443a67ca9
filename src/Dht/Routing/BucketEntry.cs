namespace NuCypher.P2P.Dht;

/// <summary>A contact of the table and how it behaved; a value, so that a bucket is one block of memory.</summary>
/// <param name="Known">The contact, as one or many tables refer to it.</param>
/// <param name="HeardAt">When it last answered, in ticks of UTC.</param>
/// <param name="Failures">Requests in a row that it did not answer.</param>
internal readonly record struct BucketEntry(KnownContact Known, long HeardAt, int Failures = 0)
{
    // In the four bytes that are free here: counting a subnet need not follow the reference of every entry.
    private readonly int _subnet = HashOf(Known.Contact.Address.Subnet);

    public ref readonly Contact Contact => ref Known.Contact;

    public bool Healthy => Failures == 0;

    /// <summary>What distinguishes most subnets.</summary>
    public static int HashOf(NodeAddress subnet) => subnet.GetHashCode();

    /// <summary>Whether the contact is in a subnet with that hash.</summary>
    public bool IsIn(NodeAddress subnet, int hash) => _subnet == hash && Contact.Address.Subnet == subnet;
}

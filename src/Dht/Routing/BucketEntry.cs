namespace NuCypher.P2P.Dht;

/// <summary>A contact of the table and how it behaved; a value, so that a bucket is one block of memory.</summary>
/// <param name="Known">The contact, as one or many tables refer to it.</param>
/// <param name="At">When it last answered or, since it is silent, when that began; in ticks of UTC.</param>
/// <param name="Failures">0 while it answers, 1 after its first silence, then one more with each request that it did
/// not answer; 255 at most.</param>
/// <param name="Marks">What else is known of it.</param>
/// <param name="AskedAfter">When it last asked this node something, in seconds after its last answer; 18 hours at
/// most.</param>
internal readonly record struct BucketEntry(
    KnownContact Known, long At, byte Failures = 0, EntryMarks Marks = EntryMarks.None, ushort AskedAfter = 0)
{
    /// <summary>With so many failures another may take its place.</summary>
    public const int Replaceable = 2;

    // In four of the bytes that are free here: counting a subnet need not follow the reference of every entry.
    private readonly int _subnet = HashOf(Known.Contact.Address.Subnet);

    public ref readonly Contact Contact => ref Known.Contact;

    /// <summary>Whether it was handed out since it last gave a sign of life.</summary>
    public bool InUse => (Marks & EntryMarks.InUse) != 0;

    /// <summary>Whether it is here because it asked something, and not because this node looked for it.</summary>
    public bool IsUninvited => (Marks & EntryMarks.Uninvited) != 0;

    public bool Healthy => Failures == 0;

    /// <summary>When it last gave a sign of life, in ticks of UTC: it answered, or asked something.</summary>
    public long SignAt => At + (AskedAfter * TimeSpan.TicksPerSecond);

    /// <summary>Notes that it asked this node something.</summary>
    public BucketEntry Asked(long now) => this with
    {
        Marks = Marks & ~EntryMarks.InUse,
        AskedAfter = (ushort)Math.Clamp((now - At) / TimeSpan.TicksPerSecond, AskedAfter, ushort.MaxValue),
    };

    /// <summary>What distinguishes most subnets.</summary>
    public static int HashOf(NodeAddress subnet) => subnet.GetHashCode();

    /// <summary>Whether the contact is in a subnet with that hash.</summary>
    public bool IsIn(NodeAddress subnet, int hash) => _subnet == hash && Contact.Address.Subnet == subnet;
}

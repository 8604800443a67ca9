namespace NuCypher.P2P.Dht;

/// <summary>A contact of the table and how it behaved.</summary>
internal sealed class BucketEntry(Contact contact, DateTimeOffset lastHeard)
{
    private long _heardTicks = lastHeard.UtcTicks;

    public Contact Contact { get; } = contact;

    /// <summary>When it last answered.</summary>
    public DateTimeOffset LastHeard => new(_heardTicks, TimeSpan.Zero);

    /// <summary>Requests in a row that it did not answer.</summary>
    public int Failures { get; private set; }

    public bool Healthy => Failures == 0;

    public void Heard(DateTimeOffset now) => (_heardTicks, Failures) = (now.UtcTicks, 0);

    public void Failed() => Failures++;
}

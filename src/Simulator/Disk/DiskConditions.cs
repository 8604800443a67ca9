namespace NuCypher.P2P.Simulator;

/// <summary>How well a machine's disk does its work. Immutable; a fault puts another one in its place.</summary>
public sealed record DiskConditions
{
    /// <summary>A sound disk.</summary>
    public static readonly DiskConditions Sound = new();

    /// <summary>The shortest time of a transaction, write and flush. Default 0.2 ms.</summary>
    public TimeSpan MinLatency { get; init; } = TimeSpan.FromMilliseconds(0.2);

    /// <summary>The longest time of a transaction. Default 8 ms.</summary>
    public TimeSpan MaxLatency { get; init; } = TimeSpan.FromMilliseconds(8);

    /// <summary>How many transactions fail and leave nothing behind.</summary>
    public Chance Failure { get; init; }

    /// <summary>
    /// How many transactions are reported as failed although they were made: the flush failed, the data went out.
    /// </summary>
    public Chance UnknownOutcome { get; init; }

    /// <summary>True while the disk is full: every write fails, reads go on.</summary>
    public bool IsFull { get; init; }

    /// <summary>
    /// True for a disk that reports writes as durable before they are, as many do that lie about flushing.
    /// </summary>
    public bool AcknowledgesEarly { get; init; }

    /// <summary>True for a journal that also takes the writes of processes from which another one took it.</summary>
    public bool HasNoFence { get; init; }
}

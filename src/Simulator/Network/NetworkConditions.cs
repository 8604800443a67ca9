namespace NuCypher.P2P.Simulator;

/// <summary>
/// How badly the network treats what is sent over it. Immutable; a fault puts another one in its place.
/// </summary>
public sealed record NetworkConditions
{
    /// <summary>An undisturbed network: packets arrive once, in the time that the distance takes.</summary>
    public static readonly NetworkConditions Calm = new() { Jitter = Chance.Never };

    /// <summary>What the open internet does on an ordinary day; the default.</summary>
    public static readonly NetworkConditions Ordinary = new()
    {
        Loss = new Chance(1_000),
        Duplication = new Chance(200),
        Hold = new Chance(50),
    };

    /// <summary>How many packets are lost.</summary>
    public Chance Loss { get; init; }

    /// <summary>How many packets arrive a second time, at a time of their own.</summary>
    public Chance Duplication { get; init; }

    /// <summary>
    /// How many packets are held up for a time drawn up to <see cref="MaxHold"/>: the tail in which the bugs sit.
    /// </summary>
    public Chance Hold { get; init; }

    /// <summary>
    /// How many packets take a way that is up to <see cref="MaxDetour"/> longer, and so overtake each other.
    /// </summary>
    public Chance Reordering { get; init; }

    /// <summary>How many packets arrive with one bit changed.</summary>
    public Chance Corruption { get; init; }

    /// <summary>
    /// How many packets take longer than the distance alone; default all, by the table of <see cref="Latency"/>.
    /// </summary>
    public Chance Jitter { get; init; } = Chance.Always;

    /// <summary>
    /// How many service calls reach their target a second time within <see cref="MaxHold"/>, as after a caller's retry.
    /// </summary>
    public Chance RepeatedCalls { get; init; }

    /// <summary>How many service calls do their work, and their answer never comes.</summary>
    public Chance LostReplies { get; init; }

    /// <summary>
    /// The longest time for which a packet is held. Default 20 s: longer than every time limit of a request.
    /// </summary>
    public TimeSpan MaxHold { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest detour. Default 200 ms.</summary>
    public TimeSpan MaxDetour { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Longer datagrams vanish, in bytes. Default 1,472: Ethernet's, without the headers of IPv4 and UDP.
    /// </summary>
    public int MaxDatagramSize { get; init; } = 1_472;

    /// <summary>What a host can send, in bytes a second. Default 1.25 MB/s: 10 Mbit/s.</summary>
    public int Bandwidth { get; init; } = 1_250_000;

    /// <summary>A packet that would wait longer than this for the packets before it is dropped. Default 1 s.</summary>
    public TimeSpan MaxQueueing { get; init; } = TimeSpan.FromSeconds(1);
}

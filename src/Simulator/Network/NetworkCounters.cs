namespace NuCypher.P2P.Simulator;

/// <summary>What became of everything that was sent.</summary>
public sealed class NetworkCounters
{
    /// <summary>Datagrams sent, without the network's own duplicates.</summary>
    public long Sent { get; internal set; }

    /// <summary>Bytes of datagrams and calls sent.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Datagrams that arrived, duplicates included.</summary>
    public long Delivered { get; internal set; }

    /// <summary>Datagrams lost by chance.</summary>
    public long Lost { get; internal set; }

    /// <summary>Datagrams that were delivered a second time.</summary>
    public long Duplicated { get; internal set; }

    /// <summary>Datagrams held for seconds.</summary>
    public long Held { get; internal set; }

    /// <summary>Datagrams with a bit changed.</summary>
    public long Corrupted { get; internal set; }

    /// <summary>Datagrams and tries of calls stopped by a cut.</summary>
    public long Cut { get; internal set; }

    /// <summary>Datagrams longer than the network carries.</summary>
    public long Oversized { get; internal set; }

    /// <summary>Datagrams for which the sender's line was too slow, or a clogged host's queue too short.</summary>
    public long Overflowed { get; internal set; }

    /// <summary>Datagrams and tries of calls refused by a receiver that cannot be reached from outside.</summary>
    public long Unreachable { get; internal set; }

    /// <summary>Datagrams to addresses where nobody is, or nobody any more.</summary>
    public long Unclaimed { get; internal set; }

    /// <summary>Service calls begun.</summary>
    public long Calls { get; internal set; }

    /// <summary>Service calls whose answer was lost.</summary>
    public long LostReplies { get; internal set; }

    /// <summary>Service calls that were delivered a second time.</summary>
    public long RepeatedCalls { get; internal set; }
}

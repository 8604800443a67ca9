namespace NuCypher.P2P.Simulator;

/// <summary>What a disk did and suffered.</summary>
public sealed class DiskCounters
{
    /// <summary>Transactions that became durable.</summary>
    public long Transactions { get; internal set; }

    /// <summary>Events that became durable.</summary>
    public long Events { get; internal set; }

    /// <summary>Transactions that failed.</summary>
    public long Failures { get; internal set; }

    /// <summary>Transactions that a power cut tore: nothing of them is there afterwards.</summary>
    public long Torn { get; internal set; }

    /// <summary>Transactions that were durable when the power went, and of which nobody was told.</summary>
    public long Untold { get; internal set; }

    /// <summary>Writes that a power cut found waiting.</summary>
    public long LostUnsynced { get; internal set; }

    /// <summary>Writes of a process that another one had taken the journal from.</summary>
    public long Fenced { get; internal set; }
}

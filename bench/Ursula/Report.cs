namespace NuCypher.P2P.UrsulaBench;

/// <summary>Everything that was measured.</summary>
internal sealed record Report
{
    public required string System { get; init; }

    public required int Cores { get; init; }

    /// <summary>The system's load before anything was started.</summary>
    public required double LoadBefore { get; init; }

    public required int Clients { get; init; }

    /// <summary>The node's process before anybody came, in megabytes.</summary>
    public required double IdleMb { get; init; }

    public required IReadOnlyList<Figures> Parts { get; init; }

    /// <summary>What the rules alone take, measured here on one thread, in microseconds.</summary>
    public required CoreTimes CoreUs { get; init; }

    /// <summary>Null if that part was left out.</summary>
    public EndReport? End { get; init; }
}

/// <summary>
/// Processor time of the pure rules: reading, signatures, Umbral, answer; no HTTP, no actor, no journal.
/// </summary>
internal sealed record CoreTimes(double Propose, double Deposit, double Reencrypt, double Reencrypt16);

/// <summary>Many policies: read back, and their end at one moment.</summary>
internal sealed record EndReport
{
    public required int Policies { get; init; }

    /// <summary>From the start of the process until it had read back all of them.</summary>
    public required double ReadySeconds { get; init; }

    public required double ReadyMb { get; init; }

    public required double DatabaseMb { get; init; }

    /// <summary>How long before their end the last of them was deposited.</summary>
    public required double WaitedSeconds { get; init; }

    /// <summary>From their end until none was held.</summary>
    public required double EndedWithinSeconds { get; init; }
}

namespace NuCypher.P2P.Simulator;

/// <summary>The moments of a write at which a crash shows different things.</summary>
public enum DiskMoment
{
    /// <summary>The write waits; nothing of it is on the disk.</summary>
    Waiting,

    /// <summary>The transaction is about to become durable.</summary>
    BeforeCommit,

    /// <summary>The write is durable and the actor was told, but has not acted on it yet.</summary>
    Acknowledged,
}

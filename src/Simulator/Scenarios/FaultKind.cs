namespace NuCypher.P2P.Simulator;

/// <summary>What may be done to a group of nodes for a while.</summary>
public enum FaultKind
{
    /// <summary>The group and the others hear nothing of each other.</summary>
    Partition,

    /// <summary>A share of all pairs cannot hear each other.</summary>
    PartialPartition,

    /// <summary>The group hears nothing, but is heard.</summary>
    Deafness,

    /// <summary>The group hears everything, but is not heard.</summary>
    Muteness,

    /// <summary>The group's lines are clogged one by one and freed one by one: swizzle-clogging.</summary>
    Clogging,

    /// <summary>The group's processors stand still.</summary>
    Pause,

    /// <summary>The group crashes again a few seconds after each start.</summary>
    CrashLoop,

    /// <summary>Writes of the group's disks fail, some of them after they were made.</summary>
    FailingDisk,

    /// <summary>The group's disks are full.</summary>
    FullDisk,

    /// <summary>The group's clocks are set forward or back by up to two minutes, and right again.</summary>
    ClockStep,

    /// <summary>
    /// A second process with the same identity opens the same journal on another machine, and the first one is fenced
    /// out.
    /// </summary>
    Twin,

    /// <summary>
    /// The clocks of the group, which may hold clients too, are set 20 days forward or back, and right again.
    /// </summary>
    ClockJump,
}

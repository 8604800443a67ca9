namespace NuCypher.P2P.ActorRuntime;

/// <summary>What a supervisor does with a child that failed.</summary>
public enum Directive
{
    /// <summary>Goes on with the next message and the same state.</summary>
    Resume,

    /// <summary>Goes on with the next message and a new instance.</summary>
    Restart,

    /// <summary>Fails itself, so that its own supervisor decides.</summary>
    Escalate,

    /// <summary>Stops the child.</summary>
    Stop,
}

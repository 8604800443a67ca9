namespace NuCypher.P2P.Node.Errors;

/// <summary>What the program's exit code means to a script.</summary>
internal enum ExitCode
{
    /// <summary>Done, all of it.</summary>
    Success = 0,

    /// <summary>A step failed in a way that has no code of its own.</summary>
    Failed = 1,

    /// <summary>The command line is wrong; nothing was tried.</summary>
    Usage = 2,

    /// <summary>The configuration is wrong: an unknown key, a value out of range.</summary>
    Configuration = 3,

    /// <summary>No password, or the wrong one.</summary>
    Password = 4,

    /// <summary>A file or folder is missing, unwritable, in use or damaged.</summary>
    Storage = 5,

    /// <summary>A port is taken, or no seed answered.</summary>
    Network = 6,

    /// <summary>The swarm has no such treasure map, record or value.</summary>
    NotFound = 7,

    /// <summary>Ursulas refused: the policy is expired or revoked, or is for another Bob.</summary>
    Refused = 8,

    /// <summary>Fewer Ursulas than needed accepted or answered.</summary>
    TooFewUrsulas = 9,

    /// <summary>An input is not what it should be: a card, a message kit, a key.</summary>
    BadInput = 10,

    /// <summary>Stopped by the user.</summary>
    Interrupted = 130,
}

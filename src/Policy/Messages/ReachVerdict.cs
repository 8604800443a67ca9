namespace NuCypher.P2P.Policy.Messages;

/// <summary>What came of calling a node back; one byte.</summary>
public enum ReachVerdict : byte
{
    /// <summary>It was not tried.</summary>
    NotTried = 0,

    /// <summary>The node answered, with its certificate.</summary>
    Reached = 1,

    /// <summary>Nobody answered in time.</summary>
    Unreachable = 2,

    /// <summary>Somebody with another certificate answered.</summary>
    OtherCertificate = 3,
}

namespace NuCypher.P2P.Node.Tests.Nat;

/// <summary>How the router between a host and the others translates addresses.</summary>
internal enum NatKind
{
    /// <summary>Not at all: the host has the address that others see.</summary>
    None,

    /// <summary>One outer port for each inner one; whoever sends there comes in.</summary>
    FullCone,

    /// <summary>One outer port for each inner one; only hosts that were sent something come in.</summary>
    AddressRestricted,

    /// <summary>The same, but they come in only from the port that was sent to.</summary>
    PortRestricted,

    /// <summary>Another outer port for each whom something is sent to, and only he comes in there.</summary>
    Symmetric,
}

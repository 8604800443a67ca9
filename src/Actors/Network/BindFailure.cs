namespace NuCypher.P2P.Actors.Network;

/// <summary>Why a socket could not be opened.</summary>
public enum BindFailure
{
    /// <summary>Another socket has the port.</summary>
    PortBusy,

    /// <summary>This machine has no such address.</summary>
    NoSuchAddress,

    /// <summary>The system does not allow it; ports below 1024 often need rights.</summary>
    NotAllowed,

    /// <summary>This transport is open already.</summary>
    AlreadyBound,

    /// <summary>Something else; the message says what.</summary>
    Other,
}

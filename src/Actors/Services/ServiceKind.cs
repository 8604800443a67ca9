namespace NuCypher.P2P.Actors.Services;

/// <summary>What one node asks of another's Ursula; each value is one path of the HTTPS service.</summary>
public enum ServiceKind : byte
{
    /// <summary>The node's signed record.</summary>
    Information,

    /// <summary>Alice asks whether Ursula would hold a kfrag until a time.</summary>
    ProposeArrangement,

    /// <summary>Alice hands over a sealed kfrag.</summary>
    DepositKeyFrag,

    /// <summary>Bob asks for capsules to be re-encrypted.</summary>
    Reencrypt,

    /// <summary>Alice moves the end of a policy.</summary>
    Renew,

    /// <summary>Alice ends a policy now.</summary>
    Revoke,
}

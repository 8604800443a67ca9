namespace NuCypher.P2P.Ledger.Policies;

/// <summary>As what somebody pays for a policy.</summary>
public enum Payer : byte
{
    /// <summary>Alice.</summary>
    Owner = 1,

    /// <summary>Bob.</summary>
    Reader = 2,

    /// <summary>Somebody else.</summary>
    Sponsor = 3,
}

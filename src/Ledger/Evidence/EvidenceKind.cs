namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>What a node is accused of.</summary>
public enum EvidenceKind : byte
{
    /// <summary>
    /// It signed a fragment that is no re-encryption. Objects: deposit, its receipt, request, response.
    /// </summary>
    WrongReencryption = 1,

    /// <summary>
    /// It served what it had signed to be destroyed. Objects: revocation, its receipt, request, response.
    /// </summary>
    ServedAfterRevocation = 2,
}

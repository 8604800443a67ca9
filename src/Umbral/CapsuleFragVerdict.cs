namespace NuCypher.P2P.Umbral;

/// <summary>What came of verifying a capsule fragment, in the order of the checks.</summary>
public enum CapsuleFragVerdict
{
    /// <summary>
    /// The fragment is a correct re-encryption of the capsule with a key fragment that the delegator signed.
    /// </summary>
    Valid,

    /// <summary>The delegator's signature over the key fragment does not verify.</summary>
    KeyFragSignatureInvalid,

    /// <summary>The proof of correct re-encryption does not hold for this capsule.</summary>
    ReencryptionProofInvalid,
}

namespace NuCypher.P2P.Umbral;

/// <summary>What came of opening a capsule or a ciphertext.</summary>
public enum OpenVerdict
{
    /// <summary>It opened.</summary>
    Opened,

    /// <summary>No capsule fragments were given.</summary>
    NoCapsuleFrags,

    /// <summary>The capsule fragments stem from different grants.</summary>
    MismatchedCapsuleFrags,

    /// <summary>Two of the capsule fragments are from the same share.</summary>
    RepeatedCapsuleFrag,

    /// <summary>Too few fragments, fragments of another capsule, or a wrong key.</summary>
    ValidationFailed,

    /// <summary>The ciphertext is shorter than its nonce.</summary>
    CiphertextTooShort,

    /// <summary>Wrong key, wrong capsule, or the ciphertext was changed.</summary>
    AuthenticationFailed,
}

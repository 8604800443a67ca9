namespace NuCypher.P2P.Node.Keystore;

/// <summary>What came of opening a keystore.</summary>
internal enum KeystoreVerdict
{
    /// <summary>The seed was read.</summary>
    Opened,

    /// <summary>The bytes are not a keystore: brand, version or length.</summary>
    NotAKeystore,

    /// <summary>The file asks for more memory or work than this program spends on a password.</summary>
    ExcessiveCost,

    /// <summary>The password is wrong, or somebody changed the file; the two can't be told apart.</summary>
    WrongPassword,
}

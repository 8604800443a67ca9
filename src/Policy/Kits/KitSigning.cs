namespace NuCypher.P2P.Policy.Kits;

/// <summary>
/// Whether and where a message kit is signed; the numbers stand in its head, where everybody reads them.
/// </summary>
public enum KitSigning
{
    /// <summary>Nobody signed.</summary>
    None = 0,

    /// <summary>The author signed inside of the encryption: only a reader can tell who it was.</summary>
    Inside = 1,

    /// <summary>The author signed the ciphertext: everybody can tell who it was, and check it without a key.</summary>
    Public = 2,
}

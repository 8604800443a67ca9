namespace NuCypher.P2P.Node.Files;

/// <summary>Who may read what a node writes.</summary>
internal static class Modes
{
    /// <summary>0600: keystore and TLS key.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700: the data folder.</summary>
    public const UnixFileMode SecretFolder = Secret | UnixFileMode.UserExecute;

    /// <summary>0644: what a user asked to be written.</summary>
    public const UnixFileMode Shared = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
}

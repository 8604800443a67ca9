namespace NuCypher.P2P.Node.Files;

/// <summary>Who may read what a node writes.</summary>
internal static class Modes
{
    /// <summary>0600: keystore and TLS key, and what was decrypted.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0700: the data folder.</summary>
    public const UnixFileMode SecretFolder = Secret | UnixFileMode.UserExecute;

    /// <summary>0644: what is encrypted or public.</summary>
    public const UnixFileMode Shared = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>0077: what others must have of nothing that is secret.</summary>
    public const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>0022: with these, others could put their own files in the place of a node's.</summary>
    public const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
}

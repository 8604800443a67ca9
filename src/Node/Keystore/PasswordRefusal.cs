namespace NuCypher.P2P.Node.Keystore;

/// <summary>Why bytes or characters are no password.</summary>
internal enum PasswordRefusal
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Nothing is there.</summary>
    Empty,

    /// <summary>More than <see cref="Password.MaxSize"/> bytes.</summary>
    TooLong,

    /// <summary>Not UTF-8.</summary>
    NotUnicode,
}

namespace NuCypher.P2P.Policy.Wire;

/// <summary>Why bytes from outside were not taken for a protocol object.</summary>
public enum DecodeRefusal
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>Ends before its last field.</summary>
    TooShort,

    /// <summary>Longer than any object of its kind may be.</summary>
    TooLong,

    /// <summary>Another kind of object, or none.</summary>
    WrongBrand,

    /// <summary>A major version that this program does not know.</summary>
    UnknownVersion,

    /// <summary>
    /// A field holds what it must not: a number out of range, a point off the curve, a text that is not UTF-8.
    /// </summary>
    Malformed,

    /// <summary>Bytes follow the last field of a version that has no more fields.</summary>
    TrailingBytes,

    /// <summary>The signature is not by the expected key over these bytes.</summary>
    BadSignature,

    /// <summary>Sealed for somebody else, or altered.</summary>
    CannotOpen,

    /// <summary>True by itself, but about somebody or something else than was asked for.</summary>
    NotForThis,
}

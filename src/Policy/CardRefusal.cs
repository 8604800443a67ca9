namespace NuCypher.P2P.Policy;

/// <summary>Why a text was not taken for a card.</summary>
public enum CardRefusal
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>Empty, or only blanks.</summary>
    Empty,

    /// <summary>Longer than any card.</summary>
    TooLong,

    /// <summary>Does not start like a card.</summary>
    NotACard,

    /// <summary>Alice's card where Bob's is wanted, or the other way round.</summary>
    OtherRole,

    /// <summary>A character that cards don't have, or one missing.</summary>
    BadText,

    /// <summary>The checksum does not fit: a typing error.</summary>
    WrongChecksum,

    /// <summary>The checksum fits, but a key is not a point of the curve.</summary>
    BadKey,
}

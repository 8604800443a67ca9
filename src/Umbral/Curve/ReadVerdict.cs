namespace NuCypher.P2P.Umbral;

/// <summary>Why bytes were refused by a <c>TryRead</c>.</summary>
public enum ReadVerdict
{
    /// <summary>The bytes are the canonical encoding of a value.</summary>
    Ok,

    /// <summary>The length is not the encoding's only length.</summary>
    WrongLength,

    /// <summary>A header byte at a fixed offset is not the canonical one.</summary>
    WrongHeader,

    /// <summary>A point does not start with <c>02</c> or <c>03</c>; the identity has no such encoding.</summary>
    PointEncoding,

    /// <summary>A point's x is not below p, or no point of the curve has it.</summary>
    PointNotOnCurve,

    /// <summary>A scalar is not below the group order, or is zero where that is not allowed.</summary>
    ScalarRange,

    /// <summary>A signature's r or s is zero, not below the group order, or s is in the upper half.</summary>
    SignatureRange,

    /// <summary>A signature's DER form is not strictly canonical.</summary>
    SignatureEncoding,

    /// <summary>A recovery byte is above 3.</summary>
    RecoveryByte,

    /// <summary>A key fragment names another generator than the constant U.</summary>
    WrongGenerator,

    /// <summary>A flag byte is neither true nor false.</summary>
    FlagByte,

    /// <summary>A capsule's equation s·G = V + h·E does not hold.</summary>
    CapsuleEquation,

    /// <summary>A capsule has V = −E: its shared point would be the identity.</summary>
    CapsuleDegenerate,
}

using System.Security.Cryptography;

namespace NuCypher.P2P.Umbral;

/// <summary>Where the parts of an encoded key fragment stand, and the messages that its two signatures cover.</summary>
internal static class KeyFragLayout
{
    public const int Size = 310;
    public const int U = 4;
    public const int Id = 39;
    public const int Key = 73;
    public const int Precursor = 107;
    public const int Commitment = 143;
    public const int ProxySignature = 178;
    public const int ReceiverSignature = 244;
    public const int DelegatingKeySigned = 308;
    public const int ReceivingKeySigned = 309;
    public const int IdSize = 32;
    public const byte True = 0xC3;
    public const byte False = 0xC2;

    /// <summary>The longest signed message: id ‖ C ‖ X ‖ 01 ‖ A ‖ 01 ‖ B.</summary>
    public const int MaxMessageSize = 166;

    public static readonly WireLayout Wire = new(
        Size,
        (0, [0x95, 0x91]), (2, WireLayout.Point), (37, WireLayout.Scalar), (71, WireLayout.Scalar),
        (105, WireLayout.Point),
        (140, [0x95]), (141, WireLayout.Point), (176, WireLayout.Signature), (242, WireLayout.Signature));

    /// <summary>The compressed constant U.</summary>
    public static readonly byte[] GeneratorU =
        Convert.FromHexString("03079390d0fbe220fc34aab8ecbf49098098036820fadb98c03143e55db8ec73cd");

    /// <summary>Hashes id ‖ C ‖ X ‖ part(A) ‖ part(B), where a part is 01 ‖ key, or 00 without a key.</summary>
    public static void HashMessage(
        ReadOnlySpan<byte> id, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> precursor,
        PublicKey? delegatingKey, PublicKey? receivingKey, Span<byte> digest)
    {
        Span<byte> message = stackalloc byte[MaxMessageSize];
        id.CopyTo(message);
        commitment.CopyTo(message[32..]);
        precursor.CopyTo(message[65..]);
        var length = 98;
        length += WritePart(delegatingKey, message[length..]);
        length += WritePart(receivingKey, message[length..]);
        SHA256.HashData(message[..length], digest);
    }

    private static int WritePart(PublicKey? key, Span<byte> destination)
    {
        destination[0] = key is null ? (byte)0 : (byte)1;
        key?.Write(destination[1..]);
        return key is null ? 1 : 1 + PublicKey.Size;
    }
}

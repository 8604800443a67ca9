using System.Diagnostics.CodeAnalysis;
using NuCypher.P2P.Umbral;

namespace NuCypher.P2P.Policy.Wire;

/// <summary>Signs and reads signed protocol objects: header, fields, 64 bytes of signature.</summary>
/// <remarks>
/// The signature is over <c>be32(length) ‖ "NuCypher.P2P/signed-object" ‖ SHA-256(header ‖ fields)</c>: 62 bytes, a
/// length that no message of Umbral has, so that neither can be taken for the other. The brand in the header separates
/// the kinds.
/// </remarks>
public static class SignedMessage
{
    /// <summary>
    /// The longest object that is read unless its kind says otherwise, in bytes: a response with 16 cfrags is 6.3 KB.
    /// </summary>
    public const int MaxSize = 8 * 1024;

    /// <summary>Signs these fields.</summary>
    /// <exception cref="ArgumentException">The fields break a limit of their kind: no reader would take
    /// them.</exception>
    public static VerifiedMessage<TBody> Sign<TBody>(TBody body, Signer signer, RandomSource random)
        where TBody : class, IProtocolBody<TBody>
    {
        var writer = new FieldWriter(TBody.Header);
        body.Write(writer);
        var signature = signer.Sign(SignedPart(writer.ToArray()), random);
        var bytes = writer.Bytes(signature.ToBytes()).ToArray();
        if (!TryRead<TBody>(bytes, out var message, out var refusal))
            throw new ArgumentException($"{typeof(TBody).Name} would be unreadable: {refusal}.", nameof(body));
        return new VerifiedMessage<TBody>(message.Claims, signer.VerifyingKey, bytes);
    }

    /// <summary>Reads an object without checking its signature. Never throws.</summary>
    public static bool TryRead<TBody>(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedMessage<TBody>? message, out DecodeRefusal refusal)
        where TBody : class, IProtocolBody<TBody>
    {
        message = null;
        refusal = bytes.Length > TBody.MaxSize ? DecodeRefusal.TooLong : TBody.Header.Check(bytes, out _);
        if (refusal == DecodeRefusal.None && bytes.Length < ProtocolHeader.Size + Signature.Size)
            refusal = DecodeRefusal.TooShort;
        if (refusal != DecodeRefusal.None)
            return false;
        if (!Signature.TryRead(bytes[^Signature.Size..], out var signature))
            return Refuse(DecodeRefusal.BadSignature, out refusal);
        var body = ReadFields<TBody>(bytes[..^Signature.Size], out refusal);
        message = body is null ? null : new SignedMessage<TBody>(body, signature, bytes.ToArray());
        return message is not null;
    }

    internal static byte[] SignedPart(ReadOnlySpan<byte> headerAndFields) =>
        DomainHash.Message(DomainTags.SignedObject, headerAndFields);

    private static TBody? ReadFields<TBody>(ReadOnlySpan<byte> bytes, out DecodeRefusal refusal)
        where TBody : class, IProtocolBody<TBody>
    {
        TBody.Header.Check(bytes, out var newer);
        var reader = new FieldReader(bytes[ProtocolHeader.Size..]);
        var body = TBody.Read(ref reader);
        refusal = reader.Refusal;
        if (refusal == DecodeRefusal.None && body is null)
            refusal = DecodeRefusal.Malformed;
        if (refusal == DecodeRefusal.None && !reader.AtEnd && !newer)
            refusal = DecodeRefusal.TrailingBytes;
        return refusal == DecodeRefusal.None ? body : null;
    }

    private static bool Refuse(DecodeRefusal reason, out DecodeRefusal refusal)
    {
        refusal = reason;
        return false;
    }
}

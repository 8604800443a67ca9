using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>Evidence taken apart: the signed objects as they went over the wire, read and not yet verified.</summary>
/// <remarks>Kind (1), then four objects, each with 2 bytes of length before it.</remarks>
internal sealed class CaseFile
{
    private CaseFile(EvidenceKind kind) => Kind = kind;

    public EvidenceKind Kind { get; }

    public SignedMessage<KeyFragDeposit>? Deposit { get; private init; }

    public SignedMessage<RevocationOrder>? Revocation { get; private init; }

    public required SignedMessage<PolicyReceipt> Receipt { get; init; }

    public required SignedMessage<ReencryptionRequest> Request { get; init; }

    public required SignedMessage<ReencryptionResponse> Response { get; init; }

    public static byte[] Write(EvidenceKind kind, params ReadOnlySpan<byte[]> objects)
    {
        var writer = new FieldWriter().Byte((byte)kind);
        foreach (var item in objects)
            writer.Prefixed(item);
        return writer.ToArray();
    }

    /// <summary>Null for anything else. Never throws.</summary>
    public static CaseFile? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        var kind = (EvidenceKind)reader.Byte();
        var order = reader.Prefixed(SignedMessage.MaxSize);
        var receipt = Object<PolicyReceipt>(ref reader);
        var request = Object<ReencryptionRequest>(ref reader);
        var response = Object<ReencryptionResponse>(ref reader);
        if (reader.Refusal != DecodeRefusal.None || !reader.AtEnd || receipt is null || request is null
            || response is null)
            return null;
        SignedMessage<KeyFragDeposit>? deposit = null;
        SignedMessage<RevocationOrder>? revocation = null;
        var isRead = kind switch
        {
            EvidenceKind.WrongReencryption => SignedMessage.TryRead(order, out deposit, out _),
            EvidenceKind.ServedAfterRevocation => SignedMessage.TryRead(order, out revocation, out _),
            _ => false,
        };
        return isRead
            ? new(kind)
            {
                Deposit = deposit,
                Revocation = revocation,
                Receipt = receipt,
                Request = request,
                Response = response,
            }
            : null;
    }

    private static SignedMessage<TBody>? Object<TBody>(ref FieldReader reader)
        where TBody : class, IProtocolBody<TBody> =>
        SignedMessage.TryRead<TBody>(reader.Prefixed(SignedMessage.MaxSize), out var message, out _) ? message : null;
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Records;

namespace NuCypher.P2P.Simulator;

/// <summary>
/// Looks at every record that honest nodes send: each must be signed, and no node may answer with an older one than
/// before.
/// </summary>
internal sealed class RecordWitness(RunContext run, Conspiracy conspiracy)
{
    private const byte Response = 1;
    private const byte Bin8 = 0xC4;
    private const byte Bin16 = 0xC5;
    private const string Signed = "only validly signed records are passed on";
    private const string NoRollback = "a record is never replaced by an older one";

    private readonly HashSet<Digest> _verified = [];
    private readonly Dictionary<(int Machine, int Start, NodeId Key), ulong> _sequences = [];

    private static ReadOnlySpan<byte> Brand => "NcRc\0\x01"u8;

    /// <summary>A datagram that an honest node sends.</summary>
    public void See(SimulatedMachine sender, ReadOnlyMemory<byte> datagram)
    {
        var start = datagram.Span.IndexOf(Brand);
        if (start < 3)
            return;
        var length = datagram.Span[start - 3] == Bin16
            ? BinaryPrimitives.ReadUInt16BigEndian(datagram.Span[(start - 2)..])
            : datagram.Span[start - 2] == Bin8 ? datagram.Span[start - 1] : 0;
        if (length == 0 || start + length > datagram.Length)
            return;
        if (!SignedRecord.TryRead(datagram.Span.Slice(start, length), out var record) || !IsVerified(record))
            run.Report(Signed, $"machine {sender.Index} sent a record that is not");
        else
            Check(sender, record, isAnswer: datagram.Span[0] == Response);
    }

    /// <summary>
    /// Only answers are held against a node: what it stores elsewhere may be what somebody else gave it.
    /// </summary>
    private void Check(SimulatedMachine sender, SignedRecord record, bool isAnswer)
    {
        conspiracy.Overhear(record);
        if (!isAnswer)
            return;
        var key = (sender.Index, sender.Starts, record.Key);
        var last = _sequences.GetValueOrDefault(key);
        if (record.Sequence < last)
            run.Report(
                NoRollback, $"machine {sender.Index} sent {record.Kind} {record.Key} {record.Sequence} after {last}");
        _sequences[key] = Math.Max(last, record.Sequence);
    }

    private bool IsVerified(SignedRecord record)
    {
        var hash = Digest.Read(SHA256.HashData(record.Bytes.Span));
        if (_verified.Contains(hash))
            return true;
        return record.TryVerify(RecordSignatures.Verify, out _) && _verified.Add(hash);
    }
}

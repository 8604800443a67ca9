using System.Net;
using System.Net.Sockets;
using NuCypher.P2P.Dht;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Node.Lan;

/// <summary>The two datagrams of a search on the local network; neither is signed, both have 64 bytes.</summary>
/// <remarks>
/// Question: header <c>LnQu</c> (8), nonce (16), zeros. Answer: header <c>LnAn</c>, the question's nonce, address (1
/// byte size, 4 or 16 bytes, port), zeros; the unspecified address stands for the one that the answer comes from.
/// </remarks>
internal static class LanMessage
{
    /// <summary>Bytes of either.</summary>
    public const int Size = 64;

    /// <summary>Whom a question reaches: no router passes it on.</summary>
    public static readonly IPAddress Group = IPAddress.Parse("239.255.78.67");

    private static readonly ProtocolHeader QuestionHeader = ProtocolHeader.Of("LnQu");
    private static readonly ProtocolHeader AnswerHeader = ProtocolHeader.Of("LnAn");

    /// <summary>Makes a question.</summary>
    public static byte[] Question(Nonce nonce) => Filled(new FieldWriter(QuestionHeader).Nonce(nonce));

    /// <summary>Makes an answer.</summary>
    public static byte[] Answer(Nonce nonce, NodeAddress udp) =>
        Filled(new FieldWriter(AnswerHeader).Nonce(nonce).Address(udp));

    /// <summary>Reads a question; false for everything else. Never throws.</summary>
    public static bool TryReadQuestion(ReadOnlySpan<byte> bytes, out Nonce nonce)
    {
        nonce = default;
        if (bytes.Length != Size || QuestionHeader.Check(bytes, out _) != DecodeRefusal.None)
            return false;
        var reader = new FieldReader(bytes[ProtocolHeader.Size..]);
        nonce = reader.Nonce();
        return true;
    }

    /// <summary>
    /// Reads the answer to a question; false for everything else, and for an address that is not its sender's. Never
    /// throws.
    /// </summary>
    public static bool TryReadAnswer(ReadOnlySpan<byte> bytes, Nonce nonce, IPAddress from, out NodeAddress udp)
    {
        udp = default;
        if (bytes.Length != Size || AnswerHeader.Check(bytes, out _) != DecodeRefusal.None)
            return false;
        var reader = new FieldReader(bytes[ProtocolHeader.Size..]);
        if (reader.Nonce() != nonce)
            return false;
        var named = reader.Address();
        var isAny = named.Address.Equals(IPAddress.Any) || named.Address.Equals(IPAddress.IPv6Any);
        udp = new NodeAddress(from, named.Port);
        return reader.Refusal == DecodeRefusal.None && udp.IsUnicast && (isAny || named.Address.Equals(from))
            && from.AddressFamily == AddressFamily.InterNetwork;
    }

    private static byte[] Filled(FieldWriter writer)
    {
        var bytes = new byte[Size];
        writer.ToArray().CopyTo(bytes, 0);
        return bytes;
    }
}

namespace NuCypher.P2P.Dht;

/// <summary>What nodes of this kind write behind the object of a datagram; Python peers ignore it.</summary>
/// <remarks>
/// Extensions of type 'N'. Those of one byte are flags: 1, the sender stores nothing; 2, it answers challenges. A
/// longer one ends the response to a request with flag 2: 1 or 0 (1), whether a proof of the asker's address is wanted
/// at once; the sender's id (20); and, unless that address is proven, a challenge (20): a message id, to be answered as
/// if it were that of a ping. Zeros may follow: a request is filled up with them, so that its answer is at most three
/// times as long.
/// </remarks>
internal readonly record struct Trailer
{
    /// <summary>Says that the sender stores nothing.</summary>
    public const byte ClientFlag = 1;

    /// <summary>Says that the sender answers challenges.</summary>
    public const byte ProverFlag = 2;

    /// <summary>The longest trailer of a response but for the flags, in bytes.</summary>
    public const int MaxProofSize = ProofHeader + ChallengeSize;

    private const byte FixedOne = 0xD4;
    private const byte Sized = 0xC7;
    private const byte Type = (byte)'N';
    private const int FlagSize = 3;
    private const int ProofHeader = 3;
    private const int KnownSize = 1 + NodeId.Size;
    private const int ChallengeSize = KnownSize + NodeId.Size;

    /// <summary>Whether the sender says that it stores nothing.</summary>
    public bool FromClient { get; private init; }

    /// <summary>Whether the sender says that it answers challenges.</summary>
    public bool FromProver { get; private init; }

    /// <summary>Who answers, by its own word.</summary>
    public NodeId? Sender { get; private init; }

    /// <summary>The message id of a ping that was not sent, to be answered all the same.</summary>
    public MessageId? Challenge { get; private init; }

    /// <summary>Whether the sender wants the answer at once.</summary>
    public bool IsUrgent { get; private init; }

    /// <summary>Reads what follows the object. Never throws; what is not known is passed over.</summary>
    public static Trailer Read(ReadOnlySpan<byte> rest)
    {
        byte flags = 0;
        for (; rest.Length >= FlagSize && rest[0] == FixedOne && rest[1] == Type; rest = rest[FlagSize..])
            flags |= rest[2];
        var trailer = new Trailer { FromClient = (flags & ClientFlag) != 0, FromProver = (flags & ProverFlag) != 0 };
        return rest.Length > ProofHeader && rest[0] == Sized && rest[2] == Type && rest.Length >= ProofHeader + rest[1]
            ? trailer.With(rest.Slice(ProofHeader, rest[1]))
            : trailer;
    }

    /// <summary>A flag as bytes.</summary>
    public static byte[] Flag(byte flag) => [FixedOne, Type, flag];

    /// <summary>The end of a response to somebody who answers challenges.</summary>
    public static byte[] Proof(NodeId self, MessageId? challenge, bool isUrgent)
    {
        var size = challenge is null ? KnownSize : ChallengeSize;
        var bytes = new byte[ProofHeader + size];
        (bytes[0], bytes[1], bytes[2], bytes[ProofHeader]) = (Sized, (byte)size, Type, isUrgent ? (byte)1 : (byte)0);
        self.Write(bytes.AsSpan(ProofHeader + 1));
        challenge?.Write(bytes.AsSpan(ProofHeader + KnownSize));
        return bytes;
    }

    private Trailer With(ReadOnlySpan<byte> proof)
    {
        if (proof.Length is not (KnownSize or ChallengeSize) || !NodeId.TryRead(proof[1..KnownSize], out var sender))
            return this;
        return this with
        {
            IsUrgent = proof[0] == 1,
            Sender = sender,
            Challenge = MessageId.TryRead(proof[KnownSize..], out var challenge) ? challenge : null,
        };
    }
}

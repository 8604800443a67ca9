namespace NuCypher.P2P.Dht;

/// <summary>A contact as one lookup sees it.</summary>
internal sealed class Candidate(Contact contact, Distance distance)
{
    /// <summary>Stands for this node's own table.</summary>
    public const int Itself = -1;

    private int? _voucher;

    /// <summary>1 for one that this node knew itself, else one more than the one that named it first.</summary>
    public int Depth { get; init; } = 1;

    public Contact Contact { get; private set; } = contact;

    public Distance Distance { get; } = distance;

    public CandidateState State { get; set; }

    /// <summary>Whether it stayed silent once already.</summary>
    public bool WasSilent { get; set; }

    /// <summary>Whether it is asked though others are nearer, for who else there may be.</summary>
    public bool IsSecondOpinion { get; set; }

    /// <summary>
    /// Whether this node knows it itself, or two answers named it: enough to send it something without asking first.
    /// </summary>
    public bool IsVouched { get; private set; }

    /// <summary>Notes who named it.</summary>
    /// <param name="voucher">A number for the answer; <see cref="Itself"/> for this node's own table.</param>
    public void Vouch(int voucher)
    {
        IsVouched |= voucher == Itself || (_voucher is { } other && other != voucher);
        _voucher = voucher;
    }

    /// <summary>Where the same node is said to be as well: it may have moved.</summary>
    public NodeAddress? OtherAddress { get; set; }

    /// <summary>Turns to the other address, if one is known and was not tried.</summary>
    public bool TryMove()
    {
        if (OtherAddress is not { } address)
            return false;
        (Contact, OtherAddress) = (Contact with { Address = address }, null);
        State = CandidateState.New;
        return true;
    }
}

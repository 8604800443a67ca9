namespace NuCypher.P2P.Dht;

/// <summary>A contact as one lookup sees it.</summary>
internal sealed class Candidate(Contact contact, Distance distance)
{
    public Contact Contact { get; private set; } = contact;

    public Distance Distance { get; } = distance;

    public CandidateState State { get; set; }

    /// <summary>Whether it stayed silent once already.</summary>
    public bool WasSilent { get; set; }

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

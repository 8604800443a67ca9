namespace NuCypher.P2P.Dht;

/// <summary>A contact as one lookup sees it.</summary>
internal sealed class Candidate(Contact contact, Distance distance)
{
    public Contact Contact { get; } = contact;

    public Distance Distance { get; } = distance;

    public CandidateState State { get; set; }

    /// <summary>Whether it stayed silent once already.</summary>
    public bool WasSilent { get; set; }
}

namespace NuCypher.P2P.Dht;

/// <summary>A contact as one lookup sees it; ordered by distance.</summary>
internal sealed class Candidate(Contact contact, Distance distance) : IComparable<Candidate>
{
    public Contact Contact { get; } = contact;

    public Distance Distance { get; } = distance;

    public CandidateState State { get; set; }

    /// <summary>Whether it stayed silent once already.</summary>
    public bool WasSilent { get; set; }

    public int CompareTo(Candidate? other) => other is null ? 1 : Distance.CompareTo(other.Distance);
}

namespace NuCypher.P2P.Dht;

/// <summary>Which contact a search for the nodes nearest to a target asks next, and when it is over.</summary>
/// <remarks>
/// Slides: whenever one answers or is late, the nearest unasked one of the k nearest follows, so that a dead node costs one slot for one
/// time-out. Over when the k nearest that are not dropped have answered. Bounded: no more requests than
/// <see cref="KademliaOptions.MaxLookupRequests"/>, whatever the answers refer to. Source: Kademlia (2002), section 2.3.
/// </remarks>
internal sealed class Lookup(NodeId target, NodeId self, KademliaOptions options)
{
    private readonly List<Candidate> _candidates = [];
    private int _requests;

    public NodeId Target { get; } = target;

    /// <summary>Whether nothing is left to ask or to wait for.</summary>
    public bool IsOver => NextCandidate() is null && !Nearest.Any(IsWaiting);

    /// <summary>The nearest contacts that answered: at most k.</summary>
    public IReadOnlyList<Contact> Closest =>
        [.. _candidates.Where(c => c.State == CandidateState.Answered).Take(options.K).Select(c => c.Contact)];

    private IEnumerable<Candidate> Nearest => _candidates.Where(c => c.State != CandidateState.Dropped).Take(options.K);

    /// <summary>Adds a contact that was referred to; no effect for this node itself and for one that is known already.</summary>
    public void Add(Contact contact)
    {
        var distance = contact.Id.DistanceTo(Target);
        if (contact.Id == self || !IsUsable(contact.Address) || _candidates.Exists(c => IsSame(c.Contact, contact)))
            return;
        if (_candidates.Count >= options.MaxLookupCandidates && !TryDropFarthest(distance))
            return;
        var index = _candidates.FindIndex(c => c.Distance.CompareTo(distance) > 0);
        _candidates.Insert(index < 0 ? _candidates.Count : index, new Candidate(contact, distance));
    }

    /// <summary>The contact to ask now; null while alpha requests are under way, and when there is none.</summary>
    public Contact? Next()
    {
        if (_candidates.Count(c => c.State == CandidateState.Asked) >= options.Alpha || NextCandidate() is not { } next)
            return null;
        next.State = CandidateState.Asked;
        _requests++;
        return next.Contact;
    }

    /// <summary>Notes what happened to a contact that was asked.</summary>
    public void Mark(Contact contact, CandidateState state)
    {
        if (_candidates.Find(c => c.Contact == contact) is { } candidate)
            candidate.State = state;
    }

    private Candidate? NextCandidate() =>
        _requests >= options.MaxLookupRequests ? null : Nearest.FirstOrDefault(c => c.State == CandidateState.New);

    private static bool IsWaiting(Candidate candidate) => candidate.State is CandidateState.Asked or CandidateState.Late;

    private static bool IsSame(Contact one, Contact other) => one.Id == other.Id || one.Address == other.Address;

    private bool IsUsable(NodeAddress address) =>
        address.IsUnicast && (options.UseIPv6 || address.IsIPv4) && (IsExempt(address) || IsRare(address.Subnet));

    private bool IsExempt(NodeAddress address) => options.ExemptLoopback && address.IsLoopback;

    private bool IsRare(NodeAddress subnet) =>
        _candidates.Count(c => c.Contact.Address.Subnet == subnet) < options.MaxPerSubnetInTable;

    private bool TryDropFarthest(Distance than)
    {
        var farthest = _candidates.FindLastIndex(c => c.State is CandidateState.New or CandidateState.Dropped);
        if (farthest < 0 || _candidates[farthest].Distance.CompareTo(than) <= 0)
            return false;
        _candidates.RemoveAt(farthest);
        return true;
    }
}

namespace NuCypher.P2P.Dht;

/// <summary>Which contact a search for the nodes nearest to a target asks next, and when it is over.</summary>
/// <remarks>
/// Slides: whenever one answers or is late, the nearest unasked one of the k nearest follows, so that a dead node costs one slot for one
/// time-out. Over when the k nearest that are not dropped have answered. Who stays silent is dropped; but where another's answer came on a
/// repetition only, silence may be loss, and it is asked a second time. Bounded: no more requests than
/// <see cref="KademliaOptions.MaxLookupRequests"/>, whatever the answers refer to. Source: Kademlia (2002), section 2.3.
/// </remarks>
internal sealed class Lookup(NodeId target, NodeId self, KademliaOptions options)
{
    private readonly List<Candidate> _candidates = new(2 * options.K);
    private readonly Dictionary<NodeAddress, int> _subnets = [];
    private int _requests;
    private int _asked;
    private bool _isLossy;

    public NodeId Target { get; } = target;

    /// <summary>Whether nothing is left to ask or to wait for.</summary>
    public bool IsOver => Nearest(CandidateState.Asked, CandidateState.Late) is null && NextCandidate() is null;

    /// <summary>The nearest contacts that answered: at most k.</summary>
    public IReadOnlyList<Contact> Closest =>
        [.. _candidates.Where(c => c.State == CandidateState.Answered).Take(options.K).Select(c => c.Contact)];

    /// <summary>The farthest of the k nearest if they all answered when it was over: whoever is nearer than that was found or is silent.</summary>
    public Contact? Horizon =>
        Nearest(CandidateState.New, CandidateState.New) is null && Closest is { } closest && closest.Count == options.K ? closest[^1] : null;

    /// <summary>Adds a contact that was referred to; no effect for this node itself and for an id or address that is known already.</summary>
    public void Add(Contact contact)
    {
        var distance = contact.Id.DistanceTo(Target);
        if (PlaceOf(distance) >= 0 || contact.Id == self || !IsUsable(contact.Address))
            return;
        var subnet = contact.Address.Subnet;
        var neighbours = _subnets.GetValueOrDefault(subnet);
        if (neighbours > 0 && ((neighbours >= options.MaxPerSubnetInTable && !IsExempt(contact.Address)) || IsKnown(contact.Address)))
            return;
        if (_candidates.Count >= options.MaxLookupCandidates && !TryDropFarthest(distance))
            return;
        _candidates.Insert(~PlaceOf(distance), new Candidate(contact, distance));
        _subnets[subnet] = _subnets.GetValueOrDefault(subnet) + 1;
    }

    /// <summary>The contact to ask now; null while alpha requests are under way, and when there is none.</summary>
    public Contact? Next()
    {
        if (_asked >= options.Alpha || NextCandidate() is not { } next)
            return null;
        SetState(next, CandidateState.Asked);
        _requests++;
        return next.Contact;
    }

    /// <summary>Notes an answer of a contact that was asked, or that its first try was not answered in time.</summary>
    public void Mark(Contact contact, CandidateState state)
    {
        if (Find(contact) is not { } candidate)
            return;
        _isLossy |= candidate.State == CandidateState.Late && state == CandidateState.Answered;
        SetState(candidate, state);
    }

    /// <summary>Notes that a contact answered none of the tries: it is dropped, or asked again if datagrams are being lost.</summary>
    public void MarkSilent(Contact contact)
    {
        if (Find(contact) is not { } candidate)
            return;
        SetState(candidate, _isLossy && !candidate.WasSilent ? CandidateState.New : CandidateState.Dropped);
        candidate.WasSilent = true;
    }

    private Candidate? Find(Contact contact) =>
        PlaceOf(contact.Id.DistanceTo(Target)) is >= 0 and var place && _candidates[place].Contact == contact ? _candidates[place] : null;

    /// <summary>The index of the candidate at a distance, which no other has; the complement of where it would be if there is none.</summary>
    private int PlaceOf(Distance distance)
    {
        var (low, high) = (0, _candidates.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _candidates[middle].Distance.CompareTo(distance);
            if (order == 0)
                return middle;
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return ~low;
    }

    private void SetState(Candidate candidate, CandidateState state)
    {
        _asked += (state == CandidateState.Asked ? 1 : 0) - (candidate.State == CandidateState.Asked ? 1 : 0);
        candidate.State = state;
    }

    private Candidate? NextCandidate() =>
        _requests >= options.MaxLookupRequests ? null : Nearest(CandidateState.New, CandidateState.New);

    /// <summary>The first in one of two states among the k nearest that are not dropped.</summary>
    private Candidate? Nearest(CandidateState one, CandidateState other)
    {
        var rank = 0;
        foreach (var candidate in _candidates)
        {
            if (candidate.State == one || candidate.State == other)
                return candidate;
            if (candidate.State != CandidateState.Dropped && ++rank == options.K)
                return null;
        }
        return null;
    }

    private bool IsUsable(NodeAddress address) => address.IsUnicast && (options.UseIPv6 || address.IsIPv4);

    private bool IsExempt(NodeAddress address) => options.ExemptLoopback && address.IsLoopback;

    private bool IsKnown(NodeAddress address) => _candidates.Exists(candidate => candidate.Contact.Address == address);

    private bool TryDropFarthest(Distance than)
    {
        var farthest = _candidates.FindLastIndex(c => c.State is CandidateState.New or CandidateState.Dropped);
        if (farthest < 0 || _candidates[farthest].Distance.CompareTo(than) <= 0)
            return false;
        var contact = _candidates[farthest].Contact;
        _candidates.RemoveAt(farthest);
        _subnets[contact.Address.Subnet]--;
        return true;
    }
}

namespace NuCypher.P2P.Dht;

/// <summary>Which contact a search for the nodes nearest to a target asks next, and when it is over.</summary>
/// <remarks>
/// Slides: whenever one answers or takes longer than most, the nearest unasked one of the nearest follows, so that a
/// dead node costs one slot for one usual round trip. Over when the nearest that are not dropped have answered. Who is
/// silent twice is not waited for, and who was silent a moment ago is not asked, unless nobody else answers; but where
/// another's answer came on a repetition only, silence may be loss: then each gets all its tries, and is asked a second
/// time. Who is said to be at two addresses is asked at the second when the first is silent. Nodes of one subnet beyond
/// a few, and nodes that stand closer together than the network's size allows, are passed over: ids next to a target
/// are cheap to make. Bounded: no more requests than <see cref="KademliaOptions.MaxLookupRequests"/>, whatever the
/// answers refer to. Source: Kademlia (2002), section 2.3.
/// </remarks>
/// <param name="target">What is looked for.</param>
/// <param name="self">The node that looks.</param>
/// <param name="options">Its limits.</param>
/// <param name="width">How many of the nearest must have answered.</param>
/// <param name="doubts">Who was silent a moment ago.</param>
/// <param name="density">How many may stand so near to one point.</param>
/// <param name="storeWidth">How many of the nearest must have answered before something is stored at k of those that
/// are known; null if nothing will be.</param>
/// <param name="secondOpinions">How many more must have been asked in the end, of those that were heard of
/// first.</param>
internal sealed class Lookup(
    NodeId target, NodeId self, KademliaOptions options, int width, Doubts doubts, Density density,
    int? storeWidth = null, int secondOpinions = 0)
{
    private const int MaxWidths = 3;

    private readonly List<Candidate> _candidates = new(2 * options.K);
    private readonly Dictionary<NodeAddress, int> _subnets = [];
    private readonly List<Candidate> _nearest = new(options.K);
    private int _asked;
    private bool _isLossy;
    private bool _hasAnswers;
    private bool _isDesperate;
    private bool _isCrowded;
    private bool _takesOpinions = secondOpinions > 0;
    private int _opinions = secondOpinions;

    public NodeId Target { get; } = target;

    /// <summary>How many requests it made.</summary>
    public int Requests { get; private set; }

    /// <summary>How far from the own table the farthest of those was who answered; 0 while nobody did.</summary>
    public int Hops { get; private set; }

    /// <summary>Whether nothing is left to ask or to wait for.</summary>
    public bool IsOver => !IsWaiting && !AwaitsOpinion && NextCandidate() is null;

    /// <summary>The nearest contacts that answered: at most k.</summary>
    public IReadOnlyList<Contact> Closest
    {
        get
        {
            var closest = new List<Candidate>(options.K);
            Select(closest, candidate => candidate.State == CandidateState.Answered, options.K, isStrict: true);
            if (closest.Count < options.K && _isCrowded)
                Select(closest, candidate => candidate.State == CandidateState.Answered, options.K, isStrict: false);
            return [.. closest.OrderBy(candidate => candidate.Distance).Select(candidate => candidate.Contact)];
        }
    }

    /// <summary>
    /// The farthest of the k nearest if they all answered when it was over: whoever is nearer than that was found or is
    /// silent.
    /// </summary>
    public Contact? Horizon =>
        Nearest(IsUnasked) is null && Closest is { } closest && closest.Count == options.K ? closest[^1] : null;

    /// <summary>
    /// Where to store something: the nearest that answered or are vouched for, nearest first, and then some who may
    /// take the place of one that is silent.
    /// </summary>
    public List<Contact> Holders(int count)
    {
        var holders = new List<Candidate>(count);
        Select(holders, IsHolder, count, isStrict: true);
        if (holders.Count < options.K && _isCrowded)
            Select(holders, IsHolder, options.K, isStrict: false);
        return [.. holders.OrderBy(candidate => candidate.Distance).Select(candidate => candidate.Contact)];
    }

    /// <summary>
    /// Whether the nearest that answered are so far away that there must be nearer ones, whom nobody named.
    /// </summary>
    public bool IsDoubtful
    {
        get
        {
            Nearest(_ => false);
            return _nearest.Count > 0 && density.IsSparse(_nearest.Count, _nearest[^1].Distance);
        }
    }

    private bool IsWaiting => Nearest(IsAwaited) is not null;

    /// <summary>Whether somebody may still tell of others; who is slow to do so is not waited for.</summary>
    private bool AwaitsOpinion => _takesOpinions && _candidates.Exists(
        candidate => candidate is { IsSecondOpinion: true, State: CandidateState.Asked });

    /// <summary>How many of the nearest must have answered.</summary>
    private int Width => storeWidth is { } few && HasHolders() ? few : width;

    /// <summary>
    /// Adds a contact that was referred to; no effect for this node itself and for an address that is known already.
    /// </summary>
    /// <param name="contact">The contact.</param>
    /// <param name="voucher">A number for the answer that named it; <see cref="Candidate.Itself"/> for one that this
    /// node knows.</param>
    /// <param name="by">Who named it, if somebody did.</param>
    public void Add(Contact contact, int voucher = Candidate.Itself, Contact? by = null)
    {
        var distance = contact.Id.DistanceTo(Target);
        if (contact.Id == self || !IsUsable(contact.Address))
            return;
        if (PlaceOf(distance) is >= 0 and var known)
        {
            if (_candidates[known].Contact == contact)
                _candidates[known].Vouch(voucher);
            NoteOther(_candidates[known], contact.Address);
            return;
        }
        var subnet = contact.Address.Subnet;
        var neighbours = _subnets.GetValueOrDefault(subnet);
        var isCrowded = neighbours >= options.MaxPerSubnetInTable && !IsExempt(contact.Address);
        if (neighbours > 0 && (isCrowded || IsKnown(contact.Address)))
            return;
        if (_candidates.Count >= options.MaxLookupCandidates && !TryDropFarthest(distance))
            return;
        var depth = by is { } namer && Find(namer) is { } other ? other.Depth + 1 : 1;
        var candidate = new Candidate(contact, distance) { Depth = depth };
        candidate.Vouch(voucher);
        _candidates.Insert(~PlaceOf(distance), candidate);
        _subnets[subnet] = _subnets.GetValueOrDefault(subnet) + 1;
        _isCrowded |= _subnets[subnet] > options.MaxPerSubnetNearest && !IsExempt(contact.Address);
    }

    /// <summary>Asks some more, whoever else there is: those that answered may name only one another.</summary>
    public void AskFor(IEnumerable<Contact> opinions)
    {
        foreach (var contact in opinions)
        {
            Add(contact);
            _opinions++;
        }
        _takesOpinions = true;
    }

    /// <summary>The contact to ask now; null while so many requests are under way, and when there is none.</summary>
    public Contact? Next(int atOnce)
    {
        if (_asked >= atOnce || NextCandidate() is not { } next)
            return null;
        if (_opinions > 0 && Nearest(candidate => candidate == next) is null)
            (_opinions, next.IsSecondOpinion) = (_opinions - 1, true);
        SetState(next, CandidateState.Asked);
        Requests++;
        return next.Contact;
    }

    /// <summary>Notes an answer of a contact that was asked, or that one was not there in time.</summary>
    public void Mark(Contact contact, CandidateState state)
    {
        if (Find(contact) is not { } candidate)
            return;
        _hasAnswers |= state == CandidateState.Answered;
        _isLossy |= state == CandidateState.Answered
            && candidate.State is CandidateState.Late or CandidateState.GivenUp;
        Hops = state == CandidateState.Answered ? Math.Max(Hops, candidate.Depth) : Hops;
        SetState(candidate, state);
        if (state == CandidateState.GivenUp)
            candidate.TryMove();
    }

    /// <summary>
    /// Notes that a contact answered none of the tries: it is dropped, or asked again if datagrams are being lost.
    /// </summary>
    public void MarkSilent(Contact contact)
    {
        if (Find(contact) is not { } candidate)
            return;
        SetState(candidate, CandidateState.Dropped);
        if (!candidate.TryMove() && _isLossy && !candidate.WasSilent)
            (candidate.State, candidate.WasSilent) = (CandidateState.New, true);
    }

    private static bool IsUnasked(Candidate candidate) => candidate.State == CandidateState.New;

    private static bool IsTried(Candidate candidate) =>
        candidate.State is CandidateState.Asked or CandidateState.Slow or CandidateState.Late;

    private static bool IsAwaited(Candidate candidate) =>
        IsTried(candidate) || candidate.State == CandidateState.GivenUp;

    private Candidate? Find(Contact contact) =>
        PlaceOf(contact.Id.DistanceTo(Target)) is >= 0 and var place && _candidates[place].Contact == contact
            ? _candidates[place]
            : null;

    /// <summary>
    /// The index of the candidate at a distance, which no other has; the complement of where it would be if there is
    /// none.
    /// </summary>
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

    private Candidate? NextCandidate()
    {
        if (Requests >= options.MaxLookupRequests)
            return null;
        var next = Nearest(IsUnasked);
        if (next is null && _opinions > 0 && _hasAnswers && !IsWaiting)
            return SecondOpinion();
        if (next is not null || _hasAnswers || _isDesperate || _candidates.Exists(IsTried))
            return next;
        _isDesperate = true;
        return Nearest(IsUnasked);
    }

    /// <summary>
    /// One of those that were heard of first and were not asked: those that answered may name only one another.
    /// </summary>
    private Candidate? SecondOpinion() =>
        _candidates.Where(candidate => IsUnasked(candidate) && Counts(candidate)).MinBy(candidate => candidate.Depth);

    /// <summary>
    /// The first of a kind among the nearest that count: more of them where they are so far away that nearer ones must
    /// have been kept secret; where subnets are too few for so many, of whatever subnet.
    /// </summary>
    private Candidate? Nearest(Predicate<Candidate> isMeant)
    {
        var (least, count) = (Width, 0);
        do
        {
            count += least;
            SelectNearest(count);
        }
        while (_nearest.Count == count && count < MaxWidths * least && density.IsSparse(count, _nearest[^1].Distance));
        return _nearest.Find(isMeant);
    }

    private bool HasHolders()
    {
        _nearest.Clear();
        Select(_nearest, IsHolder, options.K, isStrict: true);
        return _nearest.Count == options.K;
    }

    private bool IsHolder(Candidate candidate) => candidate.State == CandidateState.Answered
        || (candidate.State == CandidateState.New && candidate.IsVouched
            && !doubts.Contains(candidate.Contact.Address));

    private void SelectNearest(int count)
    {
        _nearest.Clear();
        Select(_nearest, Counts, count, isStrict: true);
        if (_nearest.Count < count && _isCrowded)
            Select(_nearest, Counts, count, isStrict: false);
    }

    /// <summary>Adds the nearest of a kind, but for those of a crowd.</summary>
    /// <param name="chosen">Takes them; those in it are passed over.</param>
    /// <param name="isMeant">Which kind.</param>
    /// <param name="count">How many there are to be in all.</param>
    /// <param name="isStrict">Whether a subnet's share is limited.</param>
    private void Select(List<Candidate> chosen, Predicate<Candidate> isMeant, int count, bool isStrict)
    {
        foreach (var candidate in _candidates)
        {
            if (chosen.Count == count)
                return;
            if (isMeant(candidate) && density.Allows(chosen.Count, candidate.Distance)
                && (isStrict || !chosen.Contains(candidate))
                && !(isStrict && _isCrowded && IsOfCrowdedSubnet(candidate, chosen)))
                chosen.Add(candidate);
        }
    }

    private bool IsOfCrowdedSubnet(Candidate candidate, List<Candidate> chosen) =>
        !IsExempt(candidate.Contact.Address)
        && chosen.Count(other => other.Contact.Address.Subnet == candidate.Contact.Address.Subnet)
            >= options.MaxPerSubnetNearest;

    private bool Counts(Candidate candidate) => candidate.State switch
    {
        CandidateState.Dropped => false,
        CandidateState.GivenUp => _isLossy,
        CandidateState.New =>
            _isLossy || _isDesperate || !doubts.Contains(candidate.Contact.Address) || candidate.TryMove(),
        _ => true,
    };

    /// <summary>Keeps a second address of a known node, for the case that the first is silent.</summary>
    private void NoteOther(Candidate candidate, NodeAddress address)
    {
        if (address == candidate.Contact.Address || candidate.State == CandidateState.Answered || IsKnown(address))
            return;
        candidate.OtherAddress = address;
        if (candidate.State is CandidateState.GivenUp or CandidateState.Dropped)
            candidate.TryMove();
    }

    private bool IsUsable(NodeAddress address) => address.IsUnicast && (options.UseIPv6 || address.IsIPv4);

    private bool IsExempt(NodeAddress address) => options.ExemptLoopback && address.IsLoopback;

    private bool IsKnown(NodeAddress address)
    {
        foreach (var candidate in _candidates)
        {
            if (candidate.Contact.Address == address)
                return true;
        }
        return false;
    }

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

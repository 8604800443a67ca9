namespace NuCypher.P2P.Dht;

/// <summary>
/// Every limit and interval of a <see cref="KademliaNode"/>; immutable, with a default and its reason each.
/// </summary>
public sealed record KademliaOptions
{
    /// <summary>
    /// Contacts per bucket, contacts per answer, holders per value. 20: the paper's, and the Python peers'.
    /// </summary>
    public int K { get; init; } = 20;

    /// <summary>Requests of a lookup under way at once, silent ones not counted. 3: the paper's.</summary>
    public int Alpha { get; init; } = 3;

    /// <summary>Whether this node only asks: it stores nothing and tells others not to choose it as a holder.</summary>
    public bool ClientMode { get; init; }

    /// <summary>Whether plain unsigned values are stored for others; off, because anybody can overwrite them.</summary>
    public bool AcceptPlain { get; init; }

    /// <summary>Whether contacts with IPv6 addresses are used; off where the socket is an IPv4 one.</summary>
    public bool UseIPv6 { get; init; } = true;

    /// <summary>
    /// Whether loopback addresses escape the rate and diversity limits: one machine's nodes share one address.
    /// </summary>
    public bool ExemptLoopback { get; init; } = true;

    /// <summary>The longest datagram that this node makes, in bytes. 1,232: what IPv6 carries unfragmented.</summary>
    public int MaxDatagramSize { get; init; } = 1232;

    /// <summary>
    /// The most that is read of a datagram, in bytes: one of that length counts as cut. 1,432: what the UDP engine
    /// reads.
    /// </summary>
    public int MaxReceivedDatagramSize { get; init; } = 1432;

    /// <summary>The time-out of a first try to a peer while no round trip was measured yet.</summary>
    public TimeSpan InitialTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest time-out of a try; below it a busy scheduler looks like a lost datagram.</summary>
    public TimeSpan MinTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a lookup waits before it asks another as well while no round trip was measured yet.</summary>
    public TimeSpan InitialHedge { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The shortest time after which a lookup asks another as well; else as long as 15 of 16 answers take.
    /// </summary>
    public TimeSpan MinHedge { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest time-out of a try; doubled time-outs end here.</summary>
    public TimeSpan MaxTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How often a request is sent before its receiver counts as silent. At 20 % loss, 3 leave 5 % unanswered.
    /// </summary>
    public int MaxTries { get; init; } = 3;

    /// <summary>
    /// How often a seed is pinged: at 20 % loss, 5 leave 6 in 1000 unanswered, and an unreachable seed is known in 9 s.
    /// </summary>
    public int BootstrapTries { get; init; } = 5;

    /// <summary>Requests waiting for an answer at once; one more fails at once.</summary>
    public int MaxPendingRequests { get; init; } = 2048;

    /// <summary>Operations under way at once; one more ends with <see cref="DhtFailure.Busy"/>.</summary>
    public int MaxOperations { get; init; } = 256;

    /// <summary>
    /// When an operation ends with <see cref="DhtFailure.TimedOut"/>; a lookup and a round of stores take less.
    /// </summary>
    public TimeSpan MaxOperationTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Peers whose round-trip times are remembered, at 44 bytes each; of others the mean of all is taken, doubled.
    /// </summary>
    public int MaxMeasuredPeers { get; init; } = 128;

    /// <summary>Silent addresses that are remembered, so that the next lookup asks others first.</summary>
    public int MaxDoubts { get; init; } = 256;

    /// <summary>How long a silent address is remembered, unless it answers.</summary>
    public TimeSpan DoubtTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Requests that one lookup sends at most, whatever it is told: five times what an honest network needs.
    /// </summary>
    public int MaxLookupRequests { get; init; } = 100;

    /// <summary>Contacts that one lookup remembers; the farthest unasked one gives way.</summary>
    public int MaxLookupCandidates { get; init; } = 100;

    /// <summary>When a lookup ends with what it has.</summary>
    public TimeSpan MaxLookupTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Lookups that are remembered after their end, for the operator's page, at about 100 bytes
    /// each.</summary>
    public int RememberedLookups { get; init; } = 16;

    /// <summary>Answers with a value that a lookup waits for before it picks the newest.</summary>
    public int ValueQuorum { get; init; } = 3;

    /// <summary>
    /// The same for a treasure map. 7: where a fifth of the nodes brings old ones back, and a table or two in a hundred
    /// are full of them, one reader in some hundred gets an old one.
    /// </summary>
    public int MapQuorum { get; init; } = 7;

    /// <summary>
    /// How many more a search asks whose answers may all be of nodes that name only one another: that of a node that
    /// joins, and one whose nearest are too far away for the network's size.
    /// </summary>
    public int SecondOpinions { get; init; } = 4;

    /// <summary>
    /// How many of the nearest must have answered before a value counts as not there; half of its holders.
    /// </summary>
    public int ValueWidth { get; init; } = 10;

    /// <summary>
    /// How many of the nearest must have answered before a value is stored at the k nearest: the others are known by
    /// then, and need not be asked for more.
    /// </summary>
    public int StoreWidth { get; init; } = 8;

    /// <summary>
    /// Nodes of one subnet (IPv4 /24, IPv6 /56) among the nearest that a lookup asks and stores at, as long as there
    /// are others.
    /// </summary>
    public int MaxPerSubnetNearest { get; init; } = 2;

    /// <summary>How long a lookup that has a value still waits for the quorum.</summary>
    public TimeSpan QuorumGrace { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Acknowledged copies with which a publication counts as done.</summary>
    public int PublishQuorum { get; init; } = 3;

    /// <summary>Spare contacts that a full bucket remembers.</summary>
    public int MaxReplacements { get; init; } = 20;

    /// <summary>
    /// When a contact is forgotten even without a spare one: its silences count 1 for a try, 2 for a request, then 1
    /// for each.
    /// </summary>
    public int MaxFailures { get; init; } = 3;

    /// <summary>Contacts of one subnet (IPv4 /24, IPv6 /56) in a bucket. 2: as discv5.</summary>
    public int MaxPerSubnetInBucket { get; init; } = 2;

    /// <summary>Contacts of one subnet (IPv4 /24, IPv6 /56) in the table and in a lookup. 10: as discv5.</summary>
    public int MaxPerSubnetInTable { get; init; } = 10;

    /// <summary>
    /// Contacts of a bucket that may have introduced themselves, but for neighbours; beyond, one for each that this
    /// node looked for. 2: a newcomer is heard of.
    /// </summary>
    public int MinUninvitedInBucket { get; init; } = 2;

    /// <summary>
    /// Unproven contacts that are being pinged at once; for one more the one silent for the longest gives way.
    /// </summary>
    public int MaxVerifications { get; init; } = 32;

    /// <summary>
    /// How long none gives way: a round trip over the world. 250 ms: no flood makes the node send more than 128 a
    /// second.
    /// </summary>
    public TimeSpan VerificationPatience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How often a contact that has not proved its address is pinged: twice, to stay below three bytes out per byte in.
    /// </summary>
    public int VerificationTries { get; init; } = 2;

    /// <summary>
    /// Bytes that an address is sent at most, for each byte from it, until it proved that it receives them.
    /// </summary>
    public int MaxAmplification { get; init; } = 3;

    /// <summary>Addresses that are remembered as proven.</summary>
    public int MaxProvenAddresses { get; init; } = 1024;

    /// <summary>How long an address counts as proven.</summary>
    public TimeSpan ProofTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Answers that wait for the proof of an address; one more is cut short.</summary>
    public int MaxDeferred { get; init; } = 64;

    /// <summary>Answers to one address that wait for its proof.</summary>
    public int MaxDeferredPerSource { get; init; } = 4;

    /// <summary>How long an answer waits for the proof of an address before it is cut short.</summary>
    public TimeSpan ProofWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long ago a contact's last sign of life must be for a round of upkeep to ping it, if it was handed out since
    /// or is the oldest. With the pause between two rounds 55 s: the dead leave the answers within a minute.
    /// </summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long after its last answer what a contact asks counts as a sign of life: a source is easily forged.
    /// </summary>
    public TimeSpan AskingCountsFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// When the contact of a full bucket that is unheard of for the longest time is pinged because a new one would take
    /// its place. 15 minutes: who is handed out is asked sooner.
    /// </summary>
    public TimeSpan DisplaceAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Known contacts that are being pinged at once; one more waits for the end of another's ping.</summary>
    public int MaxChecks { get; init; } = 32;

    /// <summary>
    /// How many more contacts are pinged when one was silent: below one in the mean while few are gone, above it when
    /// many are.
    /// </summary>
    public int ChecksAfterFailure { get; init; } = 4;

    /// <summary>How long a contact that answered is not pinged because another was silent.</summary>
    public TimeSpan CheckedFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When a silent contact is pinged again; doubled each time, six times.</summary>
    public TimeSpan RecheckAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a contact that answered is not doubted because its id speaks from elsewhere.</summary>
    public TimeSpan MoveDoubtTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The pause between two rounds of upkeep: contacts that may be gone, one overdue bucket, expired values.
    /// </summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// When a node that joined asks a neighbour whom it missed, because he joined at the same time; each neighbour's
    /// turn comes so much later than the one's before.
    /// </summary>
    public TimeSpan NeighbourDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many neighbours it asks.</summary>
    public int NeighboursAsked { get; init; } = 2;

    /// <summary>Spare contacts that a round pings, because there is room for them.</summary>
    public int SparesTried { get; init; } = 1;

    /// <summary>
    /// How long a bucket may go without a lookup that went into it, or that saw all of it on its way. One hour: the
    /// paper's.
    /// </summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How often a record is stored again, by its publisher always, by a holder if nobody else did; by one that knows k
    /// nearer nodes if the nearest does not hold it. One hour: the paper's.
    /// </summary>
    public TimeSpan RepublishInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Values that are stored again at once; the others wait.</summary>
    public int MaxReplications { get; init; } = 3;

    /// <summary>Records that this node keeps publishing.</summary>
    public int MaxPublishedRecords { get; init; } = 10_000;

    /// <summary>Records that are sent to a node seen for the first time.</summary>
    public int MaxHandoverRecords { get; init; } = 32;

    /// <summary>Handed-over records a second, over all new nodes, and as many saved up.</summary>
    public int HandoverRate { get; init; } = 50;

    /// <summary>
    /// Treasure maps kept for others: 10,000 of at most 1,156 bytes are 12 MB. The farthest gives way.
    /// </summary>
    public int MaxRecords { get; init; } = 10_000;

    /// <summary>Node records kept for others, of at most 512 bytes each. The farthest gives way.</summary>
    public int MaxNodeRecords { get; init; } = 5000;

    /// <summary>Records and values kept from addresses that are not proven; the oldest gives way.</summary>
    public int MaxUnprovenValues { get; init; } = 256;

    /// <summary>How long they are kept, unless the address is proven meanwhile.</summary>
    public TimeSpan UnprovenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Records kept for one publisher.</summary>
    public int MaxRecordsPerPublisher { get; init; } = 1000;

    /// <summary>Records kept from one source address.</summary>
    public int MaxRecordsPerSource { get; init; } = 2500;

    /// <summary>
    /// How far ahead the end of a record's life may lie. 400 days: a policy of a year and its renewal.
    /// </summary>
    public TimeSpan MaxRecordLife { get; init; } = TimeSpan.FromDays(400);

    /// <summary>Plain values kept for others.</summary>
    public int MaxPlainValues { get; init; } = 2000;

    /// <summary>Plain values kept from one source address.</summary>
    public int MaxPlainValuesPerSource { get; init; } = 500;

    /// <summary>The longest plain value, in encoded bytes without the header of a str or bin.</summary>
    public int MaxPlainValueSize { get; init; } = 1024;

    /// <summary>How long a plain value is kept after it was last stored. 7 days: as the Python peers.</summary>
    public TimeSpan PlainValueLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Requests a second that one source address (IPv6: /64) may make.</summary>
    public int RequestRate { get; init; } = 200;

    /// <summary>Requests that one source address may save up.</summary>
    public int RequestBurst { get; init; } = 400;

    /// <summary>Requests a second that one subnet (IPv4 /24, IPv6 /56) may make.</summary>
    public int SubnetRequestRate { get; init; } = 1000;

    /// <summary>Requests that one subnet may save up.</summary>
    public int SubnetRequestBurst { get; init; } = 2000;

    /// <summary>How often a second something is stored under one key, by whomever.</summary>
    public int KeyStoreRate { get; init; } = 5;

    /// <summary>Stores under one key that may be saved up.</summary>
    public int KeyStoreBurst { get; init; } = 100;

    /// <summary>Source addresses whose requests are counted, and as many subnets and keys.</summary>
    public int MaxCountedSources { get; init; } = 4096;

    /// <summary>Answers kept so that a repeated request gets the same one.</summary>
    public int MaxRememberedReplies { get; init; } = 256;

    /// <summary>How long an answer is kept for a repeated request.</summary>
    public TimeSpan ReplyMemory { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whom an address counts for: itself on an exempt loopback, else its host (IPv6: /64).</summary>
    internal NodeAddress SourceOf(NodeAddress address) => ExemptLoopback && address.IsLoopback ? address : address.Host;
}

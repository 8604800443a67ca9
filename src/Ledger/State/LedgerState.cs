using NuCypher.P2P.Dht;
using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Merkle;
using NuCypher.P2P.Ledger.Policies;
using NuCypher.P2P.Ledger.Selection;
using NuCypher.P2P.Ledger.Staking;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.State;

/// <summary>All that a ledger knows at a height. Immutable.</summary>
public sealed record LedgerState
{
    private LedgerState(LedgerParameters parameters, Digest chain) => (Parameters, Chain) = (parameters, chain);

    /// <summary>Its numbers.</summary>
    public LedgerParameters Parameters { get; }

    /// <summary>Which ledger it is: a hash over its numbers and the first balances.</summary>
    public Digest Chain { get; }

    /// <summary>How many blocks there are.</summary>
    public ulong Height { get; init; }

    /// <summary>Who has what.</summary>
    public MerkleMap<Account> Accounts { get; init; } = MerkleMap.Empty<Account>();

    /// <summary>Who may spend from whose account.</summary>
    public MerkleMap<Allowance> Allowances { get; init; } = MerkleMap.Empty<Allowance>();

    /// <summary>Who put up collateral.</summary>
    public MerkleMap<Staker> Stakers { get; init; } = MerkleMap.Empty<Staker>();

    /// <summary>Which policies are paid for.</summary>
    public MerkleMap<Deal> Deals { get; init; } = MerkleMap.Empty<Deal>();

    /// <summary>Who was convicted of what.</summary>
    public MerkleMap<JudgedCase> Cases { get; init; } = MerkleMap.Empty<JudgedCase>();

    /// <summary>Who can be chosen in this period, with the stake at its beginning.</summary>
    public StakeTable Table { get; init; } = StakeTable.Empty;

    /// <summary>The round of health checks that runs; null if nobody has stake.</summary>
    public HealthRound? Round { get; init; }

    /// <summary>Who was checked since everybody was.</summary>
    public MerkleMap<CheckedNode> Checked { get; init; } = MerkleMap.Empty<CheckedNode>();

    /// <summary>What was minted so far.</summary>
    public UInt128 Minted { get; init; }

    /// <summary>The remainder of the emission, in parts of a unit.</summary>
    public UInt128 EmissionCarry { get; init; }

    /// <summary>What the division of rewards left over.</summary>
    public UInt128 RewardCarry { get; init; }

    /// <summary>For those who check.</summary>
    public UInt128 HealthPool { get; init; }

    /// <summary>Of validators, in the round that runs.</summary>
    public UInt128 Bonds { get; init; }

    /// <summary>Gone for good.</summary>
    public UInt128 Burnt { get; init; }

    /// <summary>The period at this height.</summary>
    public ulong Period => Height / Parameters.BlocksPerPeriod;

    /// <summary>The hash over everything, the same whatever the order in which it came to be.</summary>
    public Digest Root => DomainHash.Compute(LedgerTags.State, Write().ToArray());

    /// <summary>The beginning.</summary>
    /// <param name="parameters">The ledger's numbers.</param>
    /// <param name="balances">Who has what; sums to the initial supply.</param>
    /// <exception cref="ArgumentException">The numbers contradict each other, or the balances have another sum or are
    /// too many.</exception>
    public static LedgerState Genesis(LedgerParameters parameters, IEnumerable<(NodeId Owner, UInt128 Amount)> balances)
    {
        if (!parameters.AreValid)
            throw new ArgumentException("The parameters contradict each other.", nameof(parameters));
        var (accounts, sum) = (MerkleMap.Empty<Account>(), UInt128.Zero);
        foreach (var (owner, amount) in balances)
        {
            if (accounts.Find(owner) is not null || amount > parameters.InitialSupply)
                throw new ArgumentException("An account comes twice, or has more than there is.", nameof(balances));
            (accounts, sum) = (accounts.Set(owner, Account.None with { Balance = amount }), sum + amount);
        }

        if (sum != parameters.InitialSupply || accounts.Count > parameters.MaxAccounts)
            throw new ArgumentException(
                "The balances don't sum to the initial supply, or are too many.", nameof(balances));
        var writer = new FieldWriter().Digest(accounts.Root);
        parameters.Write(writer);
        return new(parameters, DomainHash.Compute(LedgerTags.Chain, writer.ToArray())) { Accounts = accounts };
    }

    /// <summary>Counts all coins; looks at everything.</summary>
    public LedgerAudit Audit() => new(
        Sum(Accounts.Values.Select(account => account.Balance)),
        Sum(Stakers.Values.Select(staker => staker.Slashable)),
        Sum(Stakers.Values.Select(staker => staker.Rewards)),
        Sum(Deals.Values.Select(deal => deal.Escrow)),
        Bonds,
        RewardCarry + HealthPool,
        Burnt,
        Parameters.InitialSupply + Minted);

    /// <summary>How many arrangements a node may hold: ⌊d·K/D⌋.</summary>
    public ulong CapacityOf(Staker staker) =>
        Table.Total == 0 ? 0
            : (ulong)UInt128.Min(staker.StakeIn(Period) * Parameters.Capacity / Table.Total, Parameters.Capacity);

    /// <summary>Whether a node can be chosen in this period.</summary>
    public bool IsEligible(Staker staker) => staker.StakeIn(Period) >= Parameters.MinimumStake;

    private static UInt128 Sum(IEnumerable<UInt128> amounts) =>
        amounts.Aggregate(UInt128.Zero, (sum, amount) => sum + amount);

    private FieldWriter Write()
    {
        var writer = new FieldWriter()
            .Digest(Chain).Number(Height).Digest(Accounts.Root).Digest(Allowances.Root).Digest(Stakers.Root)
            .Digest(Deals.Root).Digest(Cases.Root).Digest(Checked.Root).Digest(Table.Hash)
            .Amount(Minted).Amount(EmissionCarry).Amount(RewardCarry).Amount(HealthPool).Amount(Bonds).Amount(Burnt);
        Round?.Write(writer);
        return writer;
    }
}

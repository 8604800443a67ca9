using NuCypher.P2P.Ledger.Accounts;
using NuCypher.P2P.Ledger.Emission;
using NuCypher.P2P.Ledger.Evidence;
using NuCypher.P2P.Ledger.Health;
using NuCypher.P2P.Ledger.Wire;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Ledger.State;

/// <summary>
/// The numbers of a ledger; its chain id is a hash over them, so that they never change. Amounts in units.
/// </summary>
public sealed record LedgerParameters
{
    /// <summary>What there is at the beginning; 10⁹ coins.</summary>
    public UInt128 InitialSupply { get; init; } = Coins.Of(1_000_000_000);

    /// <summary>What there will ever be; 3.89·10⁹ coins, at most <see cref="Coins.MaxAmount"/>.</summary>
    public UInt128 MaxSupply { get; init; } = Coins.Of(3_890_000_000);

    /// <summary>
    /// What is minted in the first period; 2.89·10⁶ coins, so that the rest shrinks by 1/e in 1,000 periods.
    /// </summary>
    public UInt128 FirstEmission { get; init; } = Coins.Of(2_890_000);

    /// <summary>
    /// Blocks of a period; 3,600, a day of 24-second blocks. A multiple of <see cref="BlocksPerRound"/>.
    /// </summary>
    public ulong BlocksPerPeriod { get; init; } = 3_600;

    /// <summary>Blocks from one round of health checks to the next; 10, which is the fewest.</summary>
    public ulong BlocksPerRound { get; init; } = HealthRound.MinBlocks;

    /// <summary>The stake without which a node isn't chosen; 15,000 coins.</summary>
    public UInt128 MinimumStake { get; init; } = Coins.Of(15_000);

    /// <summary>
    /// The smallest part of a stake, and the smallest sum that opens an account; one coin, so that tables cost money to
    /// fill.
    /// </summary>
    public UInt128 MinimumDeposit { get; init; } = Coins.Of(1);

    /// <summary>
    /// The smallest first stake: a tenth of what makes eligible, so that nobody fills the table of stakers cheaply.
    /// </summary>
    public UInt128 MinimumEntry => UInt128.Max(MinimumDeposit, MinimumStake / 10);

    /// <summary>The lowest rate for a node and period; one unit.</summary>
    public UInt128 MinimumRate { get; init; } = 1;

    /// <summary>
    /// K: how many arrangements all stakers together may hold, each in proportion to its stake; 10,000.
    /// </summary>
    public ulong Capacity { get; init; } = 10_000;

    /// <summary>What an accusation costs if it convicts nobody; 5 coins, burnt.</summary>
    public UInt128 FilingFee { get; init; } = Coins.Of(5);

    /// <summary>
    /// What a validator puts up for a secret and for a vote; 5 coins, back with the true word and burnt without it.
    /// </summary>
    public UInt128 Bond { get; init; } = Coins.Of(5);

    /// <summary>How much of what is minted goes to those who check, in hundredths; 10.</summary>
    public uint HealthPercent { get; init; } = 10;

    /// <summary>What convictions cost.</summary>
    public PenaltyLadder Penalties { get; init; } = PenaltyLadder.Default;

    /// <summary>The most accounts; 1,000,000.</summary>
    public int MaxAccounts { get; init; } = 1_000_000;

    /// <summary>The most stakers; 100,000.</summary>
    public int MaxStakers { get; init; } = 100_000;

    /// <summary>The most policies that are paid for at once; 1,000,000.</summary>
    public int MaxDeals { get; init; } = 1_000_000;

    /// <summary>How much is minted when.</summary>
    public EmissionCurve Emission => new(FirstEmission, MaxSupply - InitialSupply);

    /// <summary>Whether a ledger can work with them.</summary>
    public bool AreValid =>
        InitialSupply <= MaxSupply && MaxSupply <= Coins.MaxAmount && FirstEmission <= MaxSupply - InitialSupply
        && MinimumStake > 0 && MinimumStake <= MaxSupply && MinimumDeposit > 0 && MinimumDeposit <= MaxSupply
        && MinimumRate > 0 && MinimumRate <= MaxSupply && Capacity <= uint.MaxValue
        && FilingFee <= MaxSupply && Bond <= MaxSupply && HealthPercent <= 100
        && Penalties is { FirstPercent: >= 1 and <= 100, ChallengerPercent: <= 100 }
        && BlocksPerRound >= HealthRound.MinBlocks && BlocksPerPeriod >= BlocksPerRound
        && BlocksPerPeriod <= uint.MaxValue && BlocksPerPeriod % BlocksPerRound == 0
        && MaxAccounts > 0 && MaxStakers is > 0 and <= 1 << 20 && MaxDeals > 0;

    internal void Write(FieldWriter writer) => writer
        .Amount(InitialSupply).Amount(MaxSupply).Amount(FirstEmission).Number(BlocksPerPeriod).Number(BlocksPerRound)
        .Amount(MinimumStake).Amount(MinimumDeposit).Amount(MinimumRate).Number(Capacity).Amount(FilingFee).Amount(Bond)
        .FourByteNumber(HealthPercent).FourByteNumber(Penalties.FirstPercent)
            .FourByteNumber(Penalties.ChallengerPercent)
        .FourByteNumber((uint)MaxAccounts).FourByteNumber((uint)MaxStakers).FourByteNumber((uint)MaxDeals);
}

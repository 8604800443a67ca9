namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>
/// What a conviction costs: for wrong answers a part of the stake that doubles each time, for serving what was revoked
/// all of it.
/// </summary>
/// <param name="FirstPercent">φ: the first penalty, in hundredths of the stake at the first conviction; 5.</param>
/// <param name="ChallengerPercent">How much of what is slashed the challenger gets; 20. The rest is burnt.</param>
public readonly record struct PenaltyLadder(uint FirstPercent, uint ChallengerPercent)
{
    /// <summary>What the specification's figures are computed with.</summary>
    public static PenaltyLadder Default { get; } = new(5, 20);

    /// <summary>The penalty for a wrong answer.</summary>
    /// <param name="stake">The stake at the first conviction.</param>
    /// <param name="offences">How many convictions there were before.</param>
    /// <param name="left">The stake that is left: no penalty is larger.</param>
    public UInt128 ForWrongAnswer(UInt128 stake, uint offences, UInt128 left)
    {
        var penalty = stake * FirstPercent / 100;
        for (var i = 0u; i < offences && penalty < left; i++)
            penalty *= 2;
        return UInt128.Min(penalty, left);
    }

    /// <summary>
    /// What the challenger gets of what was slashed; always less than the node lost, so that nobody convicts himself
    /// for money.
    /// </summary>
    public UInt128 Bounty(UInt128 slashed) => slashed * ChallengerPercent / 100;
}

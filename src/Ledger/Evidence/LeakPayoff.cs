namespace NuCypher.P2P.Ledger.Evidence;

/// <summary>Who gets what of fee and collateral when a policy ends at t of T; the parts always sum to both.</summary>
/// <param name="Challenger">Who showed the leak.</param>
/// <param name="Owner">Alice.</param>
/// <param name="Seized">Burnt.</param>
/// <param name="Miner">The node.</param>
public readonly record struct LeakPayoff(UInt128 Challenger, UInt128 Owner, UInt128 Seized, UInt128 Miner)
{
    /// <summary>All of it.</summary>
    public UInt128 Sum => Challenger + Owner + Seized + Miner;

    /// <summary>Divides.</summary>
    /// <param name="rules">By which rules.</param>
    /// <param name="fee">f: what was paid for the whole time; below 2^40, as the others.</param>
    /// <param name="collateral">c.</param>
    /// <param name="length">T: the whole time; more than none.</param>
    /// <param name="elapsed">t: the time that is over; at most T.</param>
    /// <param name="numerator">α's numerator.</param>
    /// <param name="denominator">α's denominator; more than none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public static LeakPayoff Of(
        LeakRules rules, ulong fee, ulong collateral, ulong length, ulong elapsed, ulong numerator, ulong denominator)
    {
        const ulong limit = 1UL << 40;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(Math.Max(fee, collateral), length), limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(numerator, denominator), limit);
        ArgumentOutOfRangeException.ThrowIfZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elapsed, length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numerator, denominator);
        ArgumentOutOfRangeException.ThrowIfZero(denominator);
        var all = (UInt128)fee + collateral;
        var owner = (UInt128)fee * (length - elapsed) / length;
        var wanted = (UInt128)fee * elapsed * numerator / ((UInt128)denominator * length);
        var capped = UInt128.Min(wanted, owner);
        return rules switch
        {
            LeakRules.Seed => new(wanted, owner, all - owner - wanted, 0),
            LeakRules.Capped => new(capped, owner - capped, all - owner, 0),
            _ => new(0, owner, 0, all - owner),
        };
    }
}

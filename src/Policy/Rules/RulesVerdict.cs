namespace NuCypher.P2P.Policy.Rules;

/// <summary>Whether rules let a policy be served.</summary>
public enum RulesVerdict
{
    /// <summary>All hold.</summary>
    Holds,

    /// <summary>Outside the intervals or hours, or the clock doesn't know.</summary>
    OutsideSchedule,

    /// <summary>The condition does not hold.</summary>
    ConditionFalse,

    /// <summary>Whether the condition holds can't be known now.</summary>
    ConditionUnknown,
}

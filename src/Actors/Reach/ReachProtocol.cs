namespace NuCypher.P2P.Actors.Reach;

/// <summary>To the reach actor: what did the last round bring? Answered with <see cref="ReachReport"/>.</summary>
public sealed record GetReach;

/// <summary>
/// To the reach actor: tell me once three rounds in a row brought two or more who tried, and nobody
/// who reached this node. Answered with
/// <see cref="Unreached"/>, maybe much later or never.
/// </summary>
public sealed record WhenUnreached;

/// <summary>From the reach actor: others answer, but can't reach this node's service.</summary>
/// <param name="Asked">How many tried in the last round.</param>
public sealed record Unreached(int Asked);

/// <summary>What other nodes testified in the last round in which anybody did.</summary>
/// <param name="Asked">How many said something; 0: nobody yet.</param>
/// <param name="Reached">How many of them reached this node at its service.</param>
/// <param name="ClockAhead">How far their clocks are ahead of this node's, in the middle; null: nobody said
/// anything.</param>
/// <param name="Age">How long ago that was.</param>
public sealed record ReachReport(int Asked, int Reached, TimeSpan? ClockAhead, TimeSpan Age);

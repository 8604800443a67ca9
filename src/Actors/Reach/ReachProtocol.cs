namespace NuCypher.P2P.Actors.Reach;

/// <summary>To the reach actor: what did the last round bring? Answered with <see cref="ReachReport"/>.</summary>
public sealed record GetReach;

/// <summary>What other nodes testified in the last round in which anybody did.</summary>
/// <param name="Asked">How many said something; 0: nobody yet.</param>
/// <param name="Reached">How many of them reached this node at its service.</param>
/// <param name="ClockAhead">How far their clocks are ahead of this node's, in the middle; null: nobody said
/// anything.</param>
/// <param name="Age">How long ago that was.</param>
public sealed record ReachReport(int Asked, int Reached, TimeSpan? ClockAhead, TimeSpan Age);

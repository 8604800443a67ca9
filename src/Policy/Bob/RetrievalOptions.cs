namespace NuCypher.P2P.Policy.Bob;

/// <summary>How Bob talks to Ursulas.</summary>
public sealed record RetrievalOptions
{
    /// <summary>The whole retrieval must be done within; 30 seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait for one answer; 5 seconds.</summary>
    public TimeSpan CallTimeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long to wait before one more Ursula is asked beside those that have not answered; 250 milliseconds.
    /// </summary>
    public TimeSpan HedgeDelay { get; init; } = TimeSpan.FromMilliseconds(250);
}

namespace NuCypher.P2P.Actors.Discovery;

/// <summary>How the scout looks for Ursulas.</summary>
public sealed record ScoutOptions
{
    /// <summary>
    /// How long a node record that was looked up is trusted before it is looked up again; 30 seconds.
    /// </summary>
    public TimeSpan RecordMemory { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most node records remembered; 4,096, about 2 MB.</summary>
    public int MaxRecords { get; init; } = 4096;

    /// <summary>
    /// The most searches and look-ups under way; 1,024. Beyond it the answer is that nothing was found.
    /// </summary>
    public int MaxPending { get; init; } = 1024;

    /// <summary>Random points of the id space whose neighbourhood one search visits; 3.</summary>
    public int ProbesPerSearch { get; init; } = 3;

    /// <summary>The most mediators that one search asks for their guests; 3.</summary>
    public int MaxGuestCalls { get; init; } = 3;

    /// <summary>How long such a question may take; 3 seconds.</summary>
    public TimeSpan GuestsTimeLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The longest search; what was found until then is the answer; 15 seconds: a liar who refers to nodes that don't
    /// exist holds one up for 10.
    /// </summary>
    public TimeSpan SearchTimeLimit { get; init; } = TimeSpan.FromSeconds(15);
}

using NuCypher.P2P.Policy.Bob;

namespace NuCypher.P2P.Actors.Bob;

/// <summary>Bob's limits and times.</summary>
public sealed record BobOptions
{
    /// <summary>How he talks to Ursulas.</summary>
    public RetrievalOptions Retrieval { get; init; } = new();

    /// <summary>
    /// Retrievals and map look-ups under way at once; 256. Beyond it the answer is that there is no network.
    /// </summary>
    public int MaxErrands { get; init; } = 256;
}

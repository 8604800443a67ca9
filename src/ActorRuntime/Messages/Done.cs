namespace NuCypher.P2P.ActorRuntime;

/// <summary>The result of a task that has none.</summary>
public sealed class Done
{
    /// <summary>The only instance.</summary>
    public static readonly Done Instance = new();

    private Done()
    {
    }
}

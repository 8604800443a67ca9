namespace NuCypher.P2P.ActorRuntime;

/// <summary>Makes the actor fail with <see cref="ActorKilledException"/>, so that its supervisor decides.</summary>
public sealed class Kill
{
    /// <summary>The only instance.</summary>
    public static readonly Kill Instance = new();

    private Kill()
    {
    }
}

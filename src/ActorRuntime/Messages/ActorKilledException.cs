namespace NuCypher.P2P.ActorRuntime;

/// <summary>The failure of an actor that received <see cref="Kill"/>.</summary>
public sealed class ActorKilledException : Exception
{
    /// <summary>With the standard message.</summary>
    public ActorKilledException()
        : base("Kill")
    {
    }

    /// <summary>With the reason.</summary>
    public ActorKilledException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public ActorKilledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

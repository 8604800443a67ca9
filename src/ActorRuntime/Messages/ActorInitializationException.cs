namespace NuCypher.P2P.ActorRuntime;

/// <summary>An actor's constructor or start hook failed; by default its supervisor stops it.</summary>
public sealed class ActorInitializationException : Exception
{
    /// <summary>Without a message.</summary>
    public ActorInitializationException()
    {
    }

    /// <summary>With the reason.</summary>
    public ActorInitializationException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public ActorInitializationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace NuCypher.P2P.ActorRuntime;

/// <summary>A child's name is taken, empty, or contains a slash.</summary>
public sealed class InvalidActorNameException : Exception
{
    /// <summary>Without a message.</summary>
    public InvalidActorNameException()
    {
    }

    /// <summary>With the reason.</summary>
    public InvalidActorNameException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace NuCypher.P2P.ActorRuntime;

/// <summary>An ask got no answer within its time limit.</summary>
public sealed class AskTimeoutException : Exception
{
    /// <summary>Without a message.</summary>
    public AskTimeoutException()
    {
    }

    /// <summary>With the reason.</summary>
    public AskTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public AskTimeoutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

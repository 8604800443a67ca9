namespace NuCypher.P2P.ActorRuntime;

/// <summary>A message was to be stashed in a full stash.</summary>
public sealed class StashOverflowException : Exception
{
    /// <summary>Without a message.</summary>
    public StashOverflowException()
    {
    }

    /// <summary>With the reason.</summary>
    public StashOverflowException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and its cause.</summary>
    public StashOverflowException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace NuCypher.P2P.ActorRuntime;

/// <summary>Tells an actor that no message came for the time that it set.</summary>
public sealed class ReceiveTimeout
{
    /// <summary>The only instance.</summary>
    public static readonly ReceiveTimeout Instance = new();

    private ReceiveTimeout()
    {
    }
}

namespace NuCypher.P2P.ActorRuntime;

/// <summary>Stops the actor when it comes to this message: earlier messages are handled, later ones are dead letters.</summary>
public sealed class PoisonPill
{
    /// <summary>The only instance.</summary>
    public static readonly PoisonPill Instance = new();

    private PoisonPill()
    {
    }
}

namespace NuCypher.P2P.ActorRuntime;

/// <summary>Tells a persistent actor that its history has been replayed; commands follow.</summary>
public sealed class RecoveryCompleted
{
    /// <summary>The only instance.</summary>
    public static readonly RecoveryCompleted Instance = new();

    private RecoveryCompleted()
    {
    }
}

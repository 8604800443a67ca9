namespace NuCypher.P2P.Simulator.Tests.Contract;

/// <summary>What a script does besides receiving.</summary>
internal sealed class ScriptHooks
{
    public Action<Script>? OnConstruct { get; set; }

    public Action<Script>? OnPreStart { get; set; }

    public Action<Script>? OnPostStop { get; set; }

    public Action<Exception, object?>? OnPreRestart { get; set; }

    public Action<Exception>? OnPostRestart { get; set; }

    public Action? OnDispose { get; set; }

    public SupervisorStrategy? Strategy { get; set; }
}

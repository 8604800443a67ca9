namespace NuCypher.P2P.ActorRuntime;

/// <summary>A behaviour that handles every message.</summary>
public delegate void UntypedReceive(object message);

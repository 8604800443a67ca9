namespace NuCypher.P2P.ActorRuntime;

/// <summary>Marks messages that do not put off the <see cref="ReceiveTimeout"/>.</summary>
public interface INotInfluenceReceiveTimeout;

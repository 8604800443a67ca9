namespace NuCypher.P2P.Node.Configuration;

/// <summary>Everything that akka.hocon can say; without it, every default.</summary>
internal sealed record NodeSettings
{
    /// <summary>Key <c>akka</c>: the actor runtime, in Akka's own words.</summary>
    public AkkaSettings Akka { get; init; } = new();

    /// <summary>Key <c>nucypher</c>: the node.</summary>
    public NucypherSettings Nucypher { get; init; } = new();
}

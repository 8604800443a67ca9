namespace NuCypher.P2P.Actors.Sessions;

/// <summary>To a session actor from itself: the time that the core wished for.</summary>
internal sealed record SessionWoken
{
    public static SessionWoken Instance { get; } = new();
}

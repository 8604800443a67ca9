namespace NuCypher.P2P.Actors.Hosting;

/// <summary>
/// Stands where Akka would write to the terminal, before its loggers have started and after they have stopped: says
/// nothing.
/// </summary>
public sealed class SilentLogger : MinimalLogger
{
    /// <inheritdoc/>
    protected override void Log(object message)
    {
    }
}

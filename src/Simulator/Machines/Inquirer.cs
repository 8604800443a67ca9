namespace NuCypher.P2P.Simulator;

/// <summary>
/// Asks the actors of nodes from outside, like a command line would; it survives them, and waits no longer than it
/// said.
/// </summary>
public sealed class Inquirer(World world)
{
    /// <summary>
    /// Sends a message and waits for an answer of one of the expected types; others are progress and passed over.
    /// </summary>
    /// <returns>Null if nobody answered in time.</returns>
    public Task<object?> Ask(IActorRef target, object message, TimeSpan limit, params Type[] expected) =>
        world.Loop.Ask(target, message, limit, answer => Array.Exists(expected, type => type.IsInstanceOfType(answer)));

    /// <summary>Sends a message and waits for an answer of one type.</summary>
    public async Task<TAnswer?> Ask<TAnswer>(IActorRef target, object message, TimeSpan limit)
        where TAnswer : class => (TAnswer?)await Ask(target, message, limit, typeof(TAnswer));

    /// <summary>Waits in virtual time.</summary>
    public Task Delay(TimeSpan delay)
    {
        var promise = new TaskCompletionSource();
        world.Time.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, promise.SetResult);
        return promise.Task;
    }
}

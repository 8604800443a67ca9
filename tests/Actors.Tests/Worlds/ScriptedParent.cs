namespace NuCypher.P2P.Actors.Tests.Worlds;

/// <summary>Stands where a parent stands: starts its child, keeps what it tells, answers what a test says.</summary>
/// <param name="child">Stopped if it fails.</param>
/// <param name="told">Everything that it was told, in order; a <see cref="Terminated"/> at the child's end.</param>
/// <param name="answer">Null: no answer.</param>
internal sealed class ScriptedParent(Props child, List<object> told, Func<object, object?> answer) : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    protected override void PreStart() => Context.Watch(Context.ActorOf(child, "child"));

    protected override void OnReceive(object message)
    {
        told.Add(message);
        if (answer(message) is { } reply)
            Sender.Tell(reply);
    }
}

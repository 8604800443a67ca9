namespace NuCypher.P2P.Actors.Tests.Worlds;

/// <summary>Stands where another actor stands, keeps what it is told and answers what a test says.</summary>
/// <param name="told">Everything that it was told, in order.</param>
/// <param name="answer">Null: no answer.</param>
internal sealed class ScriptedActor(List<object> told, Func<object, object?> answer) : UntypedActor
{
    /// <summary>One that only keeps what it is told.</summary>
    public static Props Silent(List<object> told) => ActorProps.Of(() => new ScriptedActor(told, static _ => null));

    protected override void OnReceive(object message)
    {
        told.Add(message);
        if (answer(message) is { } reply)
            Sender.Tell(reply);
    }
}

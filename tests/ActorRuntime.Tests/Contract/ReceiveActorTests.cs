namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class ReceiveActorTests
{
    [Theory, OnBothDispatchers]
    public void Receive_SeveralHandlers_TheFirstThatMatchesTakesTheMessage(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.System.ActorOf(Props.Create(() => new Sorter(probe.Ref)));

        foreach (var message in new object[] { 1, 20, "text", 3.5, "switch", 1, "text" })
            actor.Tell(message);

        probe.Expect("small 1", "number 20", "text text", "other 3.5", "now 1", "now text");
    });

    private sealed class Sorter : ReceiveActor
    {
        public Sorter(IActorRef probe)
        {
            Receive<int>(number => number < 10, number => probe.Tell(FormattableString.Invariant($"small {number}")));
            Receive<int>(number => probe.Tell(FormattableString.Invariant($"number {number}")));
            Receive<string>(text => text == "switch", _ => Become(() => ReceiveAny(any => probe.Tell(FormattableString.Invariant($"now {any}")))));
            Receive<string>(text => probe.Tell($"text {text}"));
            ReceiveAny(any => probe.Tell(FormattableString.Invariant($"other {any}")));
        }
    }
}

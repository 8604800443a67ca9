namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class MessageOrderTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Tell_ManySenders_EachSendersOrderIsKept()
    {
        var received = new List<(int Sender, int Number)>();
        var receiver = _stage.Start((_, message) => received.Add(((int, int))message));
        var senders = Enumerable.Range(0, 5).Select(sender => _stage.Start((me, message) =>
        {
            receiver.Tell((sender, (int)message));
            if (message is int number and < 49)
                me.Me.Tell(number + 1);
        })).ToList();

        senders.ForEach(sender => sender.Tell(0, ActorRefs.NoSender));
        _stage.Settle();

        Assert.Equal(250, received.Count);
        Assert.All(received.GroupBy(pair => pair.Sender), group =>
            Assert.Equal(Enumerable.Range(0, 50), group.Select(pair => pair.Number)));
        Assert.NotEqual(received.OrderBy(pair => pair.Sender), received);
    }

    [Fact]
    public void Forward_ToAnother_KeepsTheSender()
    {
        var asker = _stage.Start((_, message) => _stage.Note(message));
        var echo = _stage.Start((me, message) => me.From.Tell($"re: {message}"));
        var forwarder = _stage.Start((_, message) => echo.Forward(message));

        forwarder.Tell("hello", asker);
        _stage.Settle();

        Assert.Equal(["re: hello"], _stage.Taken());
    }

    [Fact]
    public void Receive_SeveralHandlers_TheFirstThatMatchesTakesTheMessage()
    {
        var actor = _stage.Start(ActorProps.Of(() => new Sorter(_stage)));

        _stage.Tell(actor, 1, 20, "text", 3.5, "switch", 1, "text");

        Assert.Equal(["small 1", "number 20", "text text", "other 3.5", "now 1", "now text"], _stage.Taken());
    }

    [Fact]
    public void Receive_NoHandler_PublishesUnhandledAndTheActorGoesOn()
    {
        var reader = _stage.Start((_, message) => _stage.Note(((UnhandledMessage)message).Message));
        _stage.World.Actors.System.EventStream.Subscribe(reader, typeof(UnhandledMessage));
        var actor = _stage.Start((me, message) =>
        {
            if (message is "unknown")
                me.Pass(message);
            else
                _stage.Note(message);
        });

        _stage.Tell(actor, "unknown");
        _stage.Tell(actor, "known");

        Assert.Equal(["unknown", "known"], _stage.Taken());
    }

    private sealed class Sorter : ReceiveActor
    {
        internal Sorter(Stage stage)
        {
            Receive<int>(number => number < 10, number => stage.Note(FormattableString.Invariant($"small {number}")));
            Receive<int>(number => stage.Note(FormattableString.Invariant($"number {number}")));
            Receive<string>(
                text => text == "switch",
                _ => Become(() => ReceiveAny(any => stage.Note(FormattableString.Invariant($"now {any}")))));
            Receive<string>(text => stage.Note($"text {text}"));
            ReceiveAny(any => stage.Note(FormattableString.Invariant($"other {any}")));
        }
    }
}

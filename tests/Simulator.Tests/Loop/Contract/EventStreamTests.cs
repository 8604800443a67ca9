namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class EventStreamTests
{
    private readonly Stage _stage = new();

    private EventStream Stream => _stage.World.Actors.System.EventStream;

    [Fact]
    public void Publish_SubscribedTypeAndBase_ArrivesUntilUnsubscribed()
    {
        var reader = _stage.Start((_, message) => _stage.Note(message));

        Assert.True(Stream.Subscribe(reader, typeof(IComparable)));
        Stream.Publish("text");
        Stream.Publish(new object());
        _stage.Settle();
        Assert.True(Stream.Unsubscribe(reader, typeof(IComparable)));
        Stream.Publish("after");
        _stage.Settle();

        Assert.Equal(["text"], _stage.Taken());
    }

    [Fact]
    public void Stop_Subscriber_EndsItsSubscriptions()
    {
        var reader = _stage.Start((_, _) => { });
        Stream.Subscribe(reader, typeof(string));

        _stage.Tell(reader, PoisonPill.Instance);

        Assert.False(Stream.Unsubscribe(reader));
    }

    [Fact]
    public void Log_BelowTheLevel_IsNotPublished()
    {
        var reader = _stage.Start(
            (_, message) => _stage.Note(((LogEvent)message).ToString().Contains("number 7", StringComparison.Ordinal)));
        Stream.Subscribe(reader, typeof(LogEvent));
        var actor = _stage.Start((me, _) =>
        {
            me.Ctx.GetLogger().Info("not made");
            me.Ctx.GetLogger().Warning("number {0}", 7);
        });

        _stage.Tell(actor, "go");

        Assert.Equal([true], _stage.Taken());
    }
}

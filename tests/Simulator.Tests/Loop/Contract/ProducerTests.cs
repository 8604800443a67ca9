namespace NuCypher.P2P.Simulator.Tests.Contract;

/// <summary>Akka disposes of an actor after each of its lives and then releases it: Dispose runs twice.</summary>
public sealed class ProducerTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void CreateBy_InternalConstructor_ProducesOncePerLifeAndDisposesOfEachBeforeTheNext()
    {
        var actor = _stage.Start((_, message) =>
        {
            if (message is "fail")
                throw new InvalidOperationException();
        }, hooks =>
        {
            hooks.OnConstruct = _ => _stage.Note("new");
            hooks.OnDispose = () => _stage.Note("disposed");
        });
        _stage.Settle();
        var started = _stage.Taken();

        _stage.Tell(actor, "fail");
        var restarted = _stage.Taken();
        _stage.Tell(actor, PoisonPill.Instance);

        Assert.Equal(["new"], started);
        Assert.Equal(["disposed", "disposed", "new"], restarted);
        Assert.Equal(["disposed", "disposed"], _stage.Taken());
    }
}

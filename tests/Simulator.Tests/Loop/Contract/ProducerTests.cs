namespace NuCypher.P2P.Simulator.Tests.Contract;

public sealed class ProducerTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void CreateBy_InternalConstructor_ProducesOncePerLifeAndReleasesEach()
    {
        var actor = _stage.Start((_, message) =>
        {
            if (message is "fail")
                throw new InvalidOperationException();
        }, hooks =>
        {
            hooks.OnConstruct = _ => _stage.Note("new");
            hooks.OnDispose = () => _stage.Note("released");
        });
        _stage.Settle();
        var started = _stage.Taken();

        _stage.Tell(actor, "fail");
        var restarted = _stage.Taken();
        _stage.Tell(actor, PoisonPill.Instance);

        Assert.Equal(["new"], started);
        Assert.Equal(["released", "new"], restarted);
        Assert.Equal(["released"], _stage.Taken());
    }
}

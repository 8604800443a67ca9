namespace NuCypher.P2P.ActorRuntime.Tests.Contract;

public sealed class StashTests
{
    [Theory, OnBothDispatchers]
    public void UnstashAll_ThenNewMail_OldMessagesComeFirst(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "open")
            {
                me.Be(probe.Tell);
                me.Stash.UnstashAll();
            }
            else
            {
                me.Stash.Stash();
            }
        });

        foreach (var message in new object[] { 1, 2, "open", 3 })
            actor.Tell(message);

        probe.Expect(1, 2, 3);
    });

    [Theory, OnBothDispatchers]
    public void Unstash_One_TheOldestComesNext(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "next")
                me.Stash.Unstash();
            else if (me.Count++ < 2)
                me.Stash.Stash();
            else
                probe.Tell(message);
        });

        foreach (var message in new object[] { 1, 2, "next", 3, "next" })
            actor.Tell(message);

        probe.Expect(1, 3, 2);
    });

    [Theory, OnBothDispatchers]
    public void Stash_Full_ThrowsAndARestartUnstashes(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var lives = 0;
        var actor = runtime.System.ActorOf(Script.Props(
            (me, message) =>
            {
                if (lives == 1)
                    me.Stash.Stash();
                else
                    probe.Tell(message);
            },
            hooks =>
            {
                hooks.OnConstruct = _ => lives++;
                hooks.OnPreRestart = (_, cause, _) => probe.Tell(cause.GetType());
            }).WithStashCapacity(2));

        foreach (var message in new object[] { 1, 2, 3, 4 })
            actor.Tell(message);

        probe.Expect(typeof(StashOverflowException), 1, 2, 4);
    });

    [Theory, OnBothDispatchers]
    public void Stop_StashedMessages_AreDeadLetters(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var dead = runtime.CreateProbe();
        runtime.System.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var actor = runtime.Start((me, _) => me.Stash.Stash());

        foreach (var message in new object[] { 1, 2, PoisonPill.Instance })
            actor.Tell(message);

        Assert.Equal([1, 2], [dead.Next<DeadLetter>().Message, dead.Next<DeadLetter>().Message]);
    });

    [Theory, OnBothDispatchers]
    public void ClearStash_Messages_AreNotDelivered(string dispatcher) => Runtimes.Each(dispatcher, runtime =>
    {
        var probe = runtime.CreateProbe();
        var actor = runtime.Start((me, message) =>
        {
            if (message is "clear")
                probe.Tell(me.Stash.ClearStash().Count());
            else
                me.Stash.Stash();
        });

        foreach (var message in new object[] { 1, 2, "clear", "clear" })
            actor.Tell(message);

        probe.Expect(2, 0);
    });
}

using System.Net;
using NuCypher.P2P.Node.Https;

namespace NuCypher.P2P.Node.Tests.Https;

public sealed class FairGateTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Enter_FullOfOneSource_AnotherIsNext()
    {
        var gate = new FairGate(2);
        Assert.True(await EnterAsync(gate, 1, Long));
        Assert.True(await EnterAsync(gate, 1, Long));

        var newcomer = EnterAsync(gate, 2, Long);
        var same = await EnterAsync(gate, 1, Long);
        Assert.False(newcomer.IsCompleted);
        gate.Leave(Source(1));

        Assert.False(same);
        Assert.True(await newcomer.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Enter_TwoWait_TheFirstComesFirst()
    {
        var gate = new FairGate(1);
        await EnterAsync(gate, 1, Long);
        var (second, third) = (EnterAsync(gate, 2, Long), EnterAsync(gate, 3, Long));

        gate.Leave(Source(1));
        Assert.True(await second.WaitAsync(Long, TestContext.Current.CancellationToken));
        Assert.False(third.IsCompleted);
        gate.Leave(Source(2));

        Assert.True(await third.WaitAsync(Long, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Enter_SecondOfASourceThatWaits_IsTurnedAway()
    {
        var gate = new FairGate(1);
        await EnterAsync(gate, 1, Long);
        var waiting = EnterAsync(gate, 2, Long);

        Assert.False(await EnterAsync(gate, 2, Long));
        Assert.Equal(1, gate.Waiting);
        gate.Leave(Source(1));
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Enter_NoPlaceInTime_IsTurnedAwayAndWaitsNoMore()
    {
        var gate = new FairGate(1);
        await EnterAsync(gate, 1, Long);

        Assert.False(await EnterAsync(gate, 2, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, gate.Waiting);
        gate.Leave(Source(1));

        Assert.True(await EnterAsync(gate, 3, Long));
    }

    [Fact]
    public async Task Enter_WhoHangsUpWhileWaiting_TakesNoPlace()
    {
        var gate = new FairGate(1);
        await EnterAsync(gate, 1, Long);
        using var hangUp = new CancellationTokenSource();
        var waiting = gate.TryEnterAsync(Source(2), Long, hangUp.Token);

        await hangUp.CancelAsync();

        Assert.False(await waiting);
        gate.Leave(Source(1));
        Assert.True(await EnterAsync(gate, 3, Long));
    }

    private static Task<bool> EnterAsync(FairGate gate, byte source, TimeSpan limit) =>
        gate.TryEnterAsync(Source(source), limit, TestContext.Current.CancellationToken);

    private static IPAddress Source(byte number) => new([192, 0, 2, number]);
}

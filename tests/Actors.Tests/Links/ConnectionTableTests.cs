using System.Net;
using NuCypher.P2P.Actors.Links;

namespace NuCypher.P2P.Actors.Tests.Links;

public sealed class ConnectionTableTests
{
    private readonly List<string> _gone = [];
    private readonly Dictionary<string, ConnectionSeat> _seats = [];

    [Fact]
    public void Enter_FullOfIdleConnectionsOfAFew_TakesTheLongestIdleOfTheSourceWithTheMost()
    {
        var table = new ConnectionTable(5, 4);
        Enter(table, "a1", "b1", "b2", "b3", "c1");

        Assert.True(Enter(table, "d1"));

        Assert.Equal(["b1"], _gone);
    }

    [Fact]
    public void Enter_LongestIdle_IsCountedFromTheEndOfTheLastRequest()
    {
        var table = new ConnectionTable(3, 3);
        Enter(table, "a1", "a2", "a3");
        table.Change(_seats["a1"], isBusy: true);
        table.Change(_seats["a1"], isBusy: false);

        Enter(table, "b1");

        Assert.Equal(["a2"], _gone);
    }

    [Fact]
    public void Enter_BusyConnections_StayWhileTheirSourceHasIdleOnes()
    {
        var table = new ConnectionTable(3, 3);
        Enter(table, "a1", "a2", "a3");
        table.Change(_seats["a1"], isBusy: true);
        table.Change(_seats["a2"], isBusy: true);

        Enter(table, "b1");

        Assert.Equal(["a3"], _gone);
    }

    [Fact]
    public void Enter_AllBusyOfOneSource_ItsLongestRequestGivesWayToANewcomer()
    {
        var table = new ConnectionTable(3, 3);
        Enter(table, "a1", "a2", "a3");
        foreach (var name in (string[])["a2", "a1", "a3"])
            table.Change(_seats[name], isBusy: true);

        Assert.True(Enter(table, "b1"));

        Assert.Equal(["a2"], _gone);
    }

    [Fact]
    public void Enter_AllBusyInEqualShares_IsTurnedAway()
    {
        var table = new ConnectionTable(2, 2);
        Enter(table, "a1", "b1");
        table.Change(_seats["a1"], isBusy: true);
        table.Change(_seats["b1"], isBusy: true);

        Assert.False(Enter(table, "c1"));
        Assert.Empty(_gone);
    }

    [Fact]
    public void Enter_SourceThatWouldHaveAsMany_TakesAnIdleOneOfAnotherInsteadOfABusyOne()
    {
        var table = new ConnectionTable(4, 4);
        Enter(table, "a1", "a2", "b1", "c1");
        table.Change(_seats["a1"], isBusy: true);
        table.Change(_seats["a2"], isBusy: true);

        Assert.True(Enter(table, "b2"));

        Assert.Equal(["b1"], _gone);
    }

    [Fact]
    public void Enter_SourceAtItsShare_GivesUpItsOwnLongestIdleAndNobodyElses()
    {
        var table = new ConnectionTable(9, 2);
        Enter(table, "b1", "a1", "a2");

        Assert.True(Enter(table, "a3"));

        Assert.Equal(["a1"], _gone);
    }

    [Fact]
    public void Enter_SourceAtItsShareAllBusy_IsTurnedAwayThoughThereIsRoom()
    {
        var table = new ConnectionTable(9, 1);
        Enter(table, "a1");
        table.Change(_seats["a1"], isBusy: true);

        Assert.False(Enter(table, "a2"));
        Assert.Empty(_gone);
    }

    [Fact]
    public void Leave_OneThatGaveWay_FreesNoSecondPlace()
    {
        var table = new ConnectionTable(1, 1);
        Enter(table, "a1", "b1");
        table.Leave(_seats["a1"]);
        table.Change(_seats["b1"], isBusy: true);

        Assert.False(Enter(table, "c1"));
        table.Leave(_seats["b1"]);
        Assert.True(Enter(table, "c2"));
        Assert.Equal(["a1"], _gone);
    }

    private bool Enter(ConnectionTable table, params string[] names) => names.Select(name =>
    {
        _seats[name] = new ConnectionSeat(new IPAddress([192, 0, 2, (byte)name[0]]), () => _gone.Add(name));
        return table.TryEnter(_seats[name]);
    }).ToList().TrueForAll(entered => entered);
}

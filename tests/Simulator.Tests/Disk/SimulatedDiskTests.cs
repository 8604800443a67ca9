using NuCypher.P2P.Actors.Journal;

namespace NuCypher.P2P.Simulator.Tests;

public sealed class SimulatedDiskTests
{
    private readonly VirtualTime _time = new();
    private readonly DeterministicLoop _loop;
    private readonly List<string> _answers = [];

    public SimulatedDiskTests() => _loop = new DeterministicLoop(1, _time);

    [Fact]
    public void Append_SoundDisk_AnswersWhenItIsDurable()
    {
        var disk = new SimulatedDisk(_time, new Seed(1));
        var session = disk.Open();

        Append(session, 1);
        var before = Events(disk);
        _loop.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(0, before);
        Assert.Equal(["1 ok"], _answers);
        Assert.Equal(1, Events(disk));
    }

    [Fact]
    public void Read_BehindAWrite_SeesIt()
    {
        var session = new SimulatedDisk(_time, new Seed(1)).Open();
        DiskHistory? read = null;

        Append(session, 1);
        session.Read("a", history => read = history);
        _loop.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(1, read?.HighestSequenceNr);
    }

    [Fact]
    public void CutPower_ManySeeds_LosesOnlyWhatWasNotAcknowledged()
    {
        var outcomes = new HashSet<long>();
        for (var seed = 0UL; seed < 50; seed++)
        {
            _answers.Clear();
            var disk = new SimulatedDisk(_time, new Seed(seed));
            var session = disk.Open();
            Append(session, 1);
            _loop.RunFor(TimeSpan.FromSeconds(1));
            Append(session, 2);
            Append(session, 3);

            disk.CutPower();
            _loop.RunFor(TimeSpan.FromSeconds(1));

            Assert.Equal(["1 ok"], _answers);
            outcomes.Add(Events(disk));
        }

        Assert.Equal([1, 2], outcomes.Order());
    }

    [Fact]
    public void CutPower_DiskThatLiesAboutFlushing_LosesWhatWasAcknowledged()
    {
        var lost = 0;
        for (var seed = 0UL; seed < 20; seed++)
        {
            _answers.Clear();
            var disk = new SimulatedDisk(
                _time, new Seed(seed))
            { Conditions = new DiskConditions { AcknowledgesEarly = true } };
            Append(disk.Open(), 1);
            _loop.RunUntilIdle();
            disk.CutPower();
            Assert.Equal(["1 ok"], _answers);
            lost += Events(disk) == 0 ? 1 : 0;
        }

        Assert.InRange(lost, 1, 19);
    }

    [Fact]
    public void Append_FullDisk_FailsAndLeavesNothing()
    {
        var disk = new SimulatedDisk(_time, new Seed(1)) { Conditions = new DiskConditions { IsFull = true } };

        Append(disk.Open(), 1);
        _loop.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["1 IOException"], _answers);
        Assert.Equal(0, Events(disk));
    }

    [Fact]
    public void Append_UnknownOutcome_FailsAndIsThere()
    {
        var disk = new SimulatedDisk(
            _time, new Seed(1))
        { Conditions = new DiskConditions { UnknownOutcome = Chance.Always } };

        Append(disk.Open(), 1);
        _loop.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(["1 IOException"], _answers);
        Assert.Equal(1, Events(disk));
    }

    [Fact]
    public void Open_SecondProcess_FencesTheFirst()
    {
        var disk = new SimulatedDisk(_time, new Seed(1));
        var first = disk.Open();

        disk.Open();
        Append(first, 1);
        _loop.RunFor(TimeSpan.FromSeconds(1));

        Assert.Equal(1, disk.Counters.Fenced);
        Assert.DoesNotContain("1 ok", _answers);
    }

    private void Append(IDiskSession session, long number) => session.Append(
        "a", [new StoredEvent(number, "m", new byte[] { 1 })], failure => _answers.Add(
            $"{number} {failure?.GetType().Name ?? "ok"}"));

    private static long Events(SimulatedDisk disk) => disk.Durable.Read("a").HighestSequenceNr;
}

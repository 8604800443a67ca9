using BenchmarkDotNet.Attributes;
using NuCypher.P2P.ActorRuntime.Hosting;

namespace NuCypher.P2P.Benchmarks;

/// <summary>What does a durable event cost when so many actors wait for theirs, and what does a recovery?</summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private const int Events = 10_000;

    private readonly byte[] _payload = new byte[300];
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-bench-").FullName;
    private SqliteJournal _journal = null!; // set up before each run
    private long[] _next = [];

    [Params(1, 100, 10_000)]
    public int Actors { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _journal = SqliteJournal.Open(_folder);
        _next = [.. Enumerable.Repeat(1L, Actors)];
        Append();
    }

    [GlobalCleanup]
    public void Close()
    {
        _journal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public void Append()
    {
        using var done = new CountdownEvent(Actors);
        for (var actor = 0; actor < Actors; actor++)
            AppendNext(actor, Events / Actors, done);
        done.Wait();
    }

    [Benchmark]
    public void Recover()
    {
        using var done = new CountdownEvent(Actors);
        for (var actor = 0; actor < Actors; actor++)
            _journal.Recover(Id(actor), _ => done.Signal());
        done.Wait();
    }

    private static string Id(int actor) => FormattableString.Invariant($"actor-{actor}");

    /// <summary>A closed loop, as in an actor: the next event is written when the one before is durable.</summary>
    private void AppendNext(int actor, int left, CountdownEvent done) => _journal.Append(
        Id(actor),
        [new JournalEntry(_next[actor]++, "event/1", _payload)],
        failure =>
        {
            if (failure is not null)
                throw new InvalidOperationException("The journal failed.", failure);
            if (left > 1)
                AppendNext(actor, left - 1, done);
            else
                done.Signal();
        });
}

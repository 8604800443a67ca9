using System.Collections.Concurrent;

namespace NuCypher.P2P.Simulator;

/// <summary>Runs one scenario from many seeds, a world on each of several threads.</summary>
public static class SeedSweep
{
    /// <summary>Runs them all.</summary>
    /// <param name="scenario">What is simulated.</param>
    /// <param name="first">The first seed.</param>
    /// <param name="last">The last seed, included.</param>
    /// <param name="threads">Worlds at a time.</param>
    /// <param name="finished">Called with each result, in any order but one at a time; false ends the sweep
    /// early.</param>
    /// <param name="stop">Ends the sweep early, and the worlds under way in the middle.</param>
    /// <returns>What was finished, in the order of the seeds.</returns>
    public static IReadOnlyList<SimulationResult> Run(
        Scenario scenario, ulong first, ulong last, int threads, Func<SimulationResult, bool> finished,
        CancellationToken stop = default)
    {
        var seeds = new ConcurrentQueue<ulong>(Seeds(first, last));
        var results = new List<SimulationResult>();
        var failures = new ConcurrentQueue<Exception>();
        var goesOn = true;
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return failures.IsEmpty ? [.. results.OrderBy(result => result.Seed)] : throw new AggregateException(failures);

        void Work()
        {
            try
            {
                while (GoesOn() && seeds.TryDequeue(out var seed))
                    Finish(new Simulation(scenario, seed, stop: stop).Run(_ => GoesOn()));
            }
#pragma warning disable CA1031 // A thread's failure is thrown again by the caller's.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failures.Enqueue(failure);
                Volatile.Write(ref goesOn, false);
            }
        }

        bool GoesOn() => Volatile.Read(ref goesOn) && !stop.IsCancellationRequested;

        void Finish(SimulationResult result)
        {
            lock (results)
            {
                results.Add(result);
                if (!finished(result))
                    Volatile.Write(ref goesOn, false);
            }
        }
    }

    private static IEnumerable<ulong> Seeds(ulong first, ulong last)
    {
        for (var seed = first; seed <= last; seed++)
        {
            yield return seed;
            if (seed == ulong.MaxValue)
                break;
        }
    }
}

namespace NuCypher.P2P.Simulator;

/// <summary>
/// A machine: address, disk and clock, which outlive the process on it, and the process, if one runs.
/// </summary>
public sealed class SimulatedMachine
{
    /// <summary>Of processes, as parents of their actors; the machine's number and that of its start follow.</summary>
    private const string NamePrefix = "machine-";

    private readonly World _world;
    private readonly MachineProcessor _processor;
    private readonly VirtualClock _clock;
    private readonly Seed _seed;
    private int _starts;

    internal SimulatedMachine(World world, SimulatedHost host, VirtualClock clock, Seed seed, SimulatedDisk? disk)
    {
        (_world, Host, _seed, _clock) = (world, host, seed, clock);
        _processor = new MachineProcessor(world.Loop);
        Disk = disk ?? new SimulatedDisk(world.Time, seed.Derive("disk"));
    }

    /// <summary>Its number, from zero.</summary>
    public int Index => Host.Index;

    /// <summary>Its place in the network.</summary>
    public SimulatedHost Host { get; }

    /// <summary>What it keeps when the process dies.</summary>
    public SimulatedDisk Disk { get; }

    /// <summary>Its clock, which need not be right.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>The process on it; null while it is down.</summary>
    public SimulatedProcess? Process { get; private set; }

    /// <summary>True while a process runs, even if it is paused.</summary>
    public bool IsUp => Process is not null;

    /// <summary>True while its processor stands still.</summary>
    public bool IsPaused => _processor.IsPaused;

    /// <summary>When it last went on after a pause, since the beginning; before that if it never stood still.</summary>
    public TimeSpan ResumedAt { get; private set; } = TimeSpan.MinValue;

    /// <summary>When its clock was last set, since the beginning; before that if it never was.</summary>
    public TimeSpan ClockSetAt { get; private set; } = TimeSpan.MinValue;

    /// <summary>How often a process was started on it.</summary>
    public int Starts => _starts;

    /// <summary>When the last process was started on it, since the beginning.</summary>
    public TimeSpan StartedAt { get; private set; }

    /// <summary>The stream of everything that the process which runs now draws.</summary>
    public Seed ProcessSeed => _seed.Derive("process").Derive(_starts);

    /// <summary>The world's loop.</summary>
    internal DeterministicLoop Loop => _world.Loop;

    /// <summary>Starts a process, with what is on the disk.</summary>
    /// <param name="boot">Starts the actors and connects them to <see cref="Host"/>.</param>
    /// <exception cref="InvalidOperationException">One runs already.</exception>
    public void Start(Action<SimulatedProcess> boot)
    {
        if (IsUp)
            throw new InvalidOperationException($"A process runs on machine {Index} already.");
        _starts++;
        StartedAt = _world.Time.Elapsed;
        var root = _world.Actors.Root($"{NamePrefix}{Index}-{_starts}");
        var process = new SimulatedProcess(_world.Loop, _processor, _clock, root, Disk.Open());
        Process = process;
        process.Enter(() => boot(process));
    }

    /// <summary>Crashes at a moment of its next write.</summary>
    /// <param name="moment">Which.</param>
    /// <param name="crash">What to do then in the place of <see cref="Crash"/>.</param>
    public void CrashAt(DiskMoment moment, Action crash) => Disk.Reached = reached =>
    {
        if (reached != moment)
            return;
        Disk.Reached = null;
        if (moment == DiskMoment.BeforeCommit)
            crash(); // the disk's own timer calls, outside of every actor
        else
            _processor.Post(crash);
    };

    /// <summary>
    /// Cuts the power: the process is gone within a moment, and what was not durable with it. No effect if it is down.
    /// </summary>
    public void Crash()
    {
        Kill();
        Disk.CutPower();
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does: what it has handed to the disk gets there.</summary>
    public void Kill()
    {
        Process?.Crash();
        Process = null;
        (Host.Receiver, Host.Door) = (null, null);
        Resume();
    }

    /// <summary>
    /// Crashes in the middle of its work: among the turns of its actors, when so many more were scheduled.
    /// </summary>
    /// <param name="turns">At least one.</param>
    /// <param name="crash">What to do then in the place of <see cref="Crash"/>.</param>
    public void CrashAfter(long turns, Action? crash = null) => _processor.TripAfter(turns, crash ?? Crash);

    /// <summary>Stops its processor, as a long collection or SIGSTOP does.</summary>
    public void Pause() => _processor.Pause();

    /// <summary>Lets its processor go on. No effect if it does.</summary>
    public void Resume()
    {
        if (!IsPaused)
            return;
        ResumedAt = _world.Time.Elapsed;
        _processor.Resume();
    }

    /// <summary>Sets its wall clock.</summary>
    /// <param name="step">Forward by so much; negative: back.</param>
    public void StepClock(TimeSpan step)
    {
        ClockSetAt = _world.Time.Elapsed;
        _clock.Step(step);
    }

    /// <summary>The machine on which an actor is, by its path; -1 if it is the world's own.</summary>
    internal static int IndexOf(ReadOnlySpan<char> actorPath)
    {
        var start = actorPath.IndexOf(NamePrefix) + NamePrefix.Length;
        var length = start < NamePrefix.Length ? 0 : actorPath[start..].IndexOf('-');
        return length > 0 && int.TryParse(actorPath.Slice(start, length), out var index) ? index : -1;
    }
}

namespace NuCypher.P2P.DhtBench;

/// <summary>Processor time, datagrams and allocated bytes between two moments.</summary>
/// <param name="swarm">Whose datagrams count.</param>
internal sealed class Meter(Swarm swarm)
{
    private long _sent;
    private long _allocated;
    private TimeSpan _cpu;
    private long _began;

    public async Task StartAsync()
    {
        _sent = await swarm.QuietAsync();
        _allocated = GC.GetTotalAllocatedBytes();
        _began = TimeProvider.System.GetTimestamp();
        _cpu = Environment.CpuUsage.TotalTime;
    }

    /// <summary>
    /// What was used since the start, for one of so many operations; <c>PerSecond</c> is by the clock on the wall.
    /// </summary>
    /// <param name="operations">How many there were.</param>
    /// <param name="settle">Whether what goes on after the last answer counts too.</param>
    public async Task<Figures> StopAsync(int operations, bool settle)
    {
        var elapsed = TimeProvider.System.GetElapsedTime(_began);
        if (settle)
            await swarm.QuietAsync();
        var cpu = Environment.CpuUsage.TotalTime - _cpu;
        var allocated = GC.GetTotalAllocatedBytes() - _allocated;
        return new Figures
        {
            Operations = operations,
            CpuUs = Round(cpu.TotalMicroseconds / operations),
            PerSecond = Round(operations / elapsed.TotalSeconds),
            Datagrams = Round((await swarm.SentAsync() - _sent) / (double)operations),
            Bytes = Round(allocated / (double)operations),
        };
    }

    public static double Round(double figure) => Math.Round(figure, figure < 10 ? 3 : 1);
}

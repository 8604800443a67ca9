using System.Globalization;

namespace NuCypher.P2P.UrsulaBench;

/// <summary>Every answer of one part.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];
    private readonly SortedDictionary<string, int> _others = new(StringComparer.Ordinal);

    /// <summary>Notes one answer.</summary>
    public void Add(int status, TimeSpan took)
    {
        lock (_lock)
        {
            _milliseconds.Add(took.TotalMilliseconds);
            var name = status.ToString(CultureInfo.InvariantCulture);
            if (status != 200)
                _others[name] = _others.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>What it came to; throughput counts what was answered by 200 alone, or all if nothing was.</summary>
    public Figures Report(string part, double seconds, TimeSpan nodeCpu, TimeSpan clientCpu, double megabytes)
    {
        _milliseconds.Sort();
        var others = _others.Values.Sum();
        var operations = _milliseconds.Count > others ? _milliseconds.Count - others : others;
        return new Figures
        {
            Part = part,
            Seconds = Machine.Round(seconds),
            Operations = operations,
            PerSecond = Machine.Round(operations / seconds),
            P50Ms = At(0.5),
            P95Ms = At(0.95),
            P99Ms = At(0.99),
            MaxMs = At(1),
            Others = _others,
            NodeCpuUs = Machine.Round(nodeCpu.TotalMicroseconds / Math.Max(1, operations)),
            ClientCpuUs = Machine.Round(clientCpu.TotalMicroseconds / Math.Max(1, operations)),
            NodeMb = megabytes,
            Load = Machine.Load,
        };
    }

    private double At(double share) => _milliseconds.Count == 0
        ? 0
        : Machine.Round(_milliseconds[(int)Math.Ceiling(share * _milliseconds.Count) - 1]);
}

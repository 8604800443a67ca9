using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NuCypher.P2P.Node.Tests.Https;

/// <summary>What the front door's meter counts from now on, in this process.</summary>
internal sealed class CountedRefusals : IDisposable
{
    private readonly MeterListener _listener = new();

    public CountedRefusals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "nucypher.service.problems" or "nucypher.service.refusals")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                if (name is "nucypher.service.problem")
                    Problems.Add($"{value}");
                else if (name is "nucypher.service.refusal")
                    Refusals.Add($"{value}");
            }
        });
        _listener.Start();
    }

    /// <summary>Types of problems.</summary>
    public ConcurrentBag<string> Problems { get; } = [];

    /// <summary>Reasons of an Ursula's refusals.</summary>
    public ConcurrentBag<string> Refusals { get; } = [];

    public void Dispose() => _listener.Dispose();
}

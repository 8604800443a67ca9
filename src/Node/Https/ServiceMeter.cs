using System.Diagnostics;
using System.Diagnostics.Metrics;
using NuCypher.P2P.Policy.Messages;
using NuCypher.P2P.Policy.Services;
using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Node.Https;

/// <summary>Counts what is asked of the node's Ursula, and what came of it. Names nobody.</summary>
/// <remarks>Names and units after OpenTelemetry's conventions for metrics.</remarks>
internal static class ServiceMeter
{
    private const string Operation = "nucypher.service.operation";
    private const string Problem = "nucypher.service.problem";

    private static readonly Meter Meter = new("NuCypher.P2P.Node");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "nucypher.service.request.duration", "s", "How long requests to the node's Ursula took.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        });

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "nucypher.service.refusals", "{refusal}", "Requests that she refused, by her reason.");

    private static readonly Counter<long> Problems = Meter.CreateCounter<long>(
        "nucypher.service.problems", "{problem}", "Requests that the front door ended with a problem, by its type.");

    /// <summary>Counts a problem.</summary>
    /// <param name="type">The last word of its URN.</param>
    public static void Count(string type) => Problems.Add(1, new KeyValuePair<string, object?>(Problem, type));

    /// <summary>Runs a request.</summary>
    public static async Task<ServiceReply> RunAsync(ServiceKind kind, Func<Task<ServiceReply>> serve)
    {
        var began = Stopwatch.GetTimestamp();
        var reply = await serve();
        Duration.Record(
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            new(Operation, kind.ToString()),
            new("nucypher.service.status", reply.Status.ToString()));
        if (reply.Status == ServiceStatus.Refused && Refusals.Enabled)
            Refusals.Add(1, new(Operation, kind.ToString()),
                new("nucypher.service.refusal", ReasonOf(reply).ToString()));
        return reply;
    }

    private static RefusalReason ReasonOf(ServiceReply reply) =>
        SignedMessage.TryRead<ServiceRefusal>(reply.Body.Span, out var refusal, out _)
            ? refusal.Claims.Reason
            : RefusalReason.None;
}

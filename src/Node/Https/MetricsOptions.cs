namespace NuCypher.P2P.Node.Https;

/// <summary>Where the node's counters and histograms go. Off, they cost nothing: nobody listens to the
/// instruments.</summary>
internal sealed record MetricsOptions
{
    /// <summary>Whether /metrics has every counter and histogram, by OpenTelemetry; off: a few gauges.</summary>
    public bool Prometheus { get; init; }

    /// <summary>Whether they are sent by OTLP, to where OTEL_EXPORTER_OTLP_ENDPOINT says.</summary>
    public bool Otlp { get; init; }

    /// <summary>Whether anybody listens.</summary>
    public bool IsOn => Prometheus || Otlp;
}

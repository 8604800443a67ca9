namespace NuCypher.P2P.ActorRuntime;

/// <summary>How a <see cref="BackoffSupervisor"/> treats its child; made by <see cref="Backoff"/>.</summary>
public sealed record BackoffOptions
{
    internal BackoffOptions(
        Props ChildProps, string ChildName, TimeSpan MinBackoff, TimeSpan MaxBackoff, double RandomFactor, int MaxNrOfRetries, bool RestartsOnStop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MinBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBackoff, MinBackoff);
        ArgumentOutOfRangeException.ThrowIfNegative(RandomFactor);
        (this.ChildProps, this.ChildName, this.RestartsOnStop) = (ChildProps, ChildName, RestartsOnStop);
        (this.MinBackoff, this.MaxBackoff) = (MinBackoff, MaxBackoff);
        (this.RandomFactor, this.MaxNrOfRetries, ResetBackoff) = (RandomFactor, MaxNrOfRetries, MinBackoff);
    }

    internal Props ChildProps { get; }

    internal string ChildName { get; }

    internal TimeSpan MinBackoff { get; }

    internal TimeSpan MaxBackoff { get; }

    internal double RandomFactor { get; }

    internal int MaxNrOfRetries { get; }

    internal bool RestartsOnStop { get; }

    internal TimeSpan ResetBackoff { get; private init; }

    /// <summary>The time that a child must live for the back-off to begin again at its minimum; default the minimum.</summary>
    public BackoffOptions WithAutoReset(TimeSpan resetBackoff) => this with { ResetBackoff = resetBackoff };
}

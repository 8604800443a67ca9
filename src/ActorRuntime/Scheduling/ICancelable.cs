namespace NuCypher.P2P.ActorRuntime;

/// <summary>Something that can be cancelled, once.</summary>
public interface ICancelable
{
    /// <summary>True after the cancellation.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>Cancelled with this.</summary>
    CancellationToken Token { get; }

    /// <summary>Cancels; no effect the second time.</summary>
    void Cancel();
}

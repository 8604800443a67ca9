namespace NuCypher.P2P.Simulator;

/// <summary>Finds what leaks out of the loop: compares the thread at every tell, timer and post.</summary>
internal sealed class ThreadGuard
{
    private volatile DeterminismException? _violation;
    private int _owner = Environment.CurrentManagedThreadId;

    /// <summary>From now on the calling thread is the loop.</summary>
    public void Adopt() => _owner = Environment.CurrentManagedThreadId;

    /// <summary>Whether the caller is the loop; if not, that is remembered.</summary>
    public bool IsLoop()
    {
        if (Environment.CurrentManagedThreadId == _owner)
            return true;
        _violation ??= new DeterminismException(
            "An actor of a deterministic loop was touched from another thread."
            + $"{Environment.NewLine}{Environment.StackTrace}");
        return false;
    }

    public void Check()
    {
        if (!IsLoop())
            throw _violation!; // just found, or before
    }

    /// <summary>Throws in the loop what another thread did; there the exception may have been lost.</summary>
    public void ThrowIfViolated()
    {
        if (_violation is { } violation)
            throw new DeterminismException(violation.Message);
    }
}

namespace NuCypher.P2P.ActorRuntime;

/// <summary>Lets a limited number of persistent actors recover at a time; the others wait in order.</summary>
internal sealed class RecoveryPermits(int limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<Permit> _waiting = new();
    private int _granted;

    /// <summary>Asks for a permit.</summary>
    /// <param name="granted">Called once, at once or later, unless the permit is released before.</param>
    public Permit Request(Action granted)
    {
        var permit = new Permit(this, granted);
        lock (_lock)
        {
            if (_granted >= limit)
            {
                _waiting.Enqueue(permit);
                return permit;
            }

            _granted++;
            permit.IsGranted = true;
        }

        granted();
        return permit;
    }

    private Permit? Release(Permit permit)
    {
        lock (_lock)
        {
            permit.IsReleased = true;
            if (!permit.IsGranted)
                return null;
            while (_waiting.TryDequeue(out var next))
            {
                if (next.IsReleased)
                    continue;
                next.IsGranted = true;
                return next;
            }

            _granted--;
            return null;
        }
    }

    internal sealed class Permit(RecoveryPermits permits, Action granted) : IDisposable
    {
        public bool IsGranted { get; set; }

        public bool IsReleased { get; set; }

        /// <summary>Gives the permit back, or leaves the queue.</summary>
        public void Dispose()
        {
            if (!IsReleased)
                permits.Release(this)?.Grant();
        }

        private void Grant() => granted();
    }
}

using System.Net;

namespace NuCypher.P2P.Node.Https;

/// <summary>
/// Lets so many in at once. When it is full, a source that has nothing inside waits for the next place; another is
/// turned away.
/// </summary>
/// <remarks>
/// One waits for each source, so that there are never more entries than connections. Safe to use from several threads.
/// </remarks>
/// <param name="places">How many may be inside.</param>
internal sealed class FairGate(int places)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _inside = [];
    private readonly LinkedList<(IPAddress Source, TaskCompletionSource Called)> _waiting = [];
    private int _taken;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Enters; false if there was no place within the time limit. Who entered leaves.</summary>
    public async Task<bool> TryEnterAsync(IPAddress source, TimeSpan timeLimit, CancellationToken cancellation)
    {
        LinkedListNode<(IPAddress Source, TaskCompletionSource Called)> place;
        lock (_lock)
        {
            if (_taken < places)
            {
                Take(source);
                return true;
            }

            if (_inside.ContainsKey(source) || _waiting.Any(waiting => waiting.Source.Equals(source)))
                return false;
            place = _waiting.AddLast(
                (source, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        var called = place.Value.Called.Task;
        await Task.WhenAny(called, called.WaitAsync(timeLimit, cancellation));
        return called.IsCompleted || !TryGiveUp(place);
    }

    /// <summary>Leaves; the first who waits comes in.</summary>
    public void Leave(IPAddress source)
    {
        lock (_lock)
        {
            _taken--;
            if (--_inside[source] == 0)
                _inside.Remove(source);
            if (_waiting.First is not { } next)
                return;
            _waiting.Remove(next);
            Take(next.Value.Source);
            next.Value.Called.SetResult();
        }
    }

    private bool TryGiveUp(LinkedListNode<(IPAddress Source, TaskCompletionSource Called)> place)
    {
        lock (_lock)
        {
            if (place.List is null)
                return false; // called just now
            _waiting.Remove(place);
            return true;
        }
    }

    private void Take(IPAddress source)
    {
        _taken++;
        _inside[source] = _inside.GetValueOrDefault(source) + 1;
    }
}

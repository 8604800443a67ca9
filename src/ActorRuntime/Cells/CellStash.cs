namespace NuCypher.P2P.ActorRuntime;

/// <summary>The stash of one cell.</summary>
internal sealed class CellStash(ActorCell cell, int capacity) : IStash
{
    private readonly Queue<Envelope> _stash = new();

    public void Stash()
    {
        if (_stash.Count >= capacity)
            throw new StashOverflowException($"{cell.Path}: the stash holds {capacity} messages.");
        cell.StashCurrent(_stash);
    }

    public void Unstash()
    {
        if (_stash.TryDequeue(out var envelope))
            cell.Prepend([envelope]);
    }

    public void UnstashAll()
    {
        if (_stash.Count > 0)
            cell.Prepend(ClearStash());
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] all = [.. _stash];
        _stash.Clear();
        return all;
    }
}

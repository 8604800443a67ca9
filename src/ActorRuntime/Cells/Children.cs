namespace NuCypher.P2P.ActorRuntime;

/// <summary>The children of one cell by name; under a lock because the top of the hierarchy is called from outside.</summary>
internal sealed class Children
{
    private readonly Lock _lock = new();
    private Dictionary<string, ActorCell>? _children;
    private HashSet<ActorCell>? _stopping;
    private bool _isSealed;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _children is null or { Count: 0 };
        }
    }

    /// <summary>True while a child that was told to stop has not stopped.</summary>
    public bool AnyStopping
    {
        get
        {
            lock (_lock)
                return _stopping is { Count: > 0 };
        }
    }

    public ActorCell Add(string name, bool isGenerated, ActorCell parent, Props props)
    {
        if (name.Length == 0 || name.Contains('/') || (!isGenerated && name[0] == '$'))
            throw new InvalidActorNameException($"Actor name [{name}] is empty, contains '/' or begins with '$'.");
        var child = new ActorCell(parent.System, props, parent, parent.Path / name);
        lock (_lock)
        {
            if (_isSealed)
                throw new InvalidOperationException($"Cannot create child [{name}]: {parent.Path} is terminating or terminated.");
            if (!(_children ??= []).TryAdd(name, child))
                throw new InvalidActorNameException($"Actor name [{name}] is not unique!");
        }

        return child;
    }

    public ActorCell? Find(string name)
    {
        lock (_lock)
            return _children?.GetValueOrDefault(name);
    }

    public bool Contains(ActorCell cell) => ReferenceEquals(Find(cell.Path.Name), cell);

    public void MarkStopping(ActorCell cell)
    {
        lock (_lock)
        {
            if (_children is not null && _children.TryGetValue(cell.Path.Name, out var child) && ReferenceEquals(child, cell))
                (_stopping ??= []).Add(cell);
        }
    }

    public void Remove(ActorCell cell)
    {
        lock (_lock)
        {
            _children?.Remove(cell.Path.Name);
            _stopping?.Remove(cell);
        }
    }

    /// <summary>From now on no child can be added.</summary>
    public void Seal()
    {
        lock (_lock)
            _isSealed = true;
    }

    public ActorCell[] Snapshot()
    {
        lock (_lock)
            return _children is null or { Count: 0 } ? [] : [.. _children.Values];
    }

    public void SendAll(Func<SystemMessage> message)
    {
        foreach (var child in Snapshot())
            child.SendSystemMessage(message());
    }
}

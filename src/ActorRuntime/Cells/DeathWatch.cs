namespace NuCypher.P2P.ActorRuntime;

/// <summary>Who watches this cell, and whom it watches.</summary>
internal sealed class DeathWatch(ActorCell cell)
{
    private Dictionary<IActorRef, Death>? _watching;
    private HashSet<Death>? _queued;
    private List<IInternalActorRef>? _watchers;

    public IActorRef Watch(IActorRef subject, object? message)
    {
        if (subject is not IInternalActorRef target)
            throw new ArgumentException($"{subject} cannot be watched.", nameof(subject));
        if (ReferenceEquals(subject, cell))
            return subject;
        var death = new Death(subject, message ?? new Terminated(subject));
        var isNew = (_watching ??= []).TryAdd(subject, death);
        _watching[subject] = death;
        if (isNew)
            target.SendSystemMessage(new SystemMessage.Watch(cell));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        _queued?.RemoveWhere(death => ReferenceEquals(death.Subject, subject));
        if (_watching is not null && _watching.Remove(subject))
            ((IInternalActorRef)subject).SendSystemMessage(new SystemMessage.Unwatch(cell));
        return subject;
    }

    public void AddWatcher(IInternalActorRef watcher)
    {
        if (!(_watchers ??= []).Contains(watcher))
            _watchers.Add(watcher);
    }

    public void RemoveWatcher(IInternalActorRef watcher) => _watchers?.Remove(watcher);

    public IReadOnlyList<IInternalActorRef> TakeWatchers()
    {
        var watchers = _watchers;
        _watchers = null;
        return watchers ?? [];
    }

    /// <summary>The notice goes to the end of the user mailbox: everything that the dead actor sent stands before it.</summary>
    public void OnDeath(IInternalActorRef actor)
    {
        if (_watching is null || !_watching.Remove(actor, out var death))
            return;
        (_queued ??= []).Add(death);
        cell.TellForced(death, actor);
    }

    /// <summary>False if the subject was unwatched after its death.</summary>
    public bool TryAccept(Death death) => _queued is not null && _queued.Remove(death);

    public void Clear()
    {
        foreach (var subject in _watching?.Keys.ToArray() ?? [])
            Unwatch(subject);
    }

    /// <summary>The notice on its way through the watcher's mailbox.</summary>
    internal sealed class Death(IActorRef subject, object message)
    {
        public IActorRef Subject => subject;

        public object Message => message;
    }
}

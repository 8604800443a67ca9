namespace NuCypher.P2P.ActorRuntime;

/// <summary>Publishes events to the actors that subscribed to their type or a base of it.</summary>
#pragma warning disable CA1711 // Akka's own name.
public sealed class EventStream
#pragma warning restore CA1711
{
    private readonly Lock _lock = new();
    private volatile Subscription[] _subscriptions = [];

    internal EventStream()
    {
    }

    internal bool HasSubscribers => _subscriptions.Length > 0;

    /// <summary>From now on the subscriber gets every event of the type. An actor's subscriptions end when it stops.</summary>
    /// <returns>False if it was subscribed already.</returns>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        var added = new Subscription(subscriber, channel);
        lock (_lock)
        {
            if (_subscriptions.Contains(added))
                return false;
            _subscriptions = [.. _subscriptions, added];
            return true;
        }
    }

    /// <summary>Ends all subscriptions of a subscriber.</summary>
    /// <returns>False if there were none.</returns>
    public bool Unsubscribe(IActorRef subscriber) =>
        HasSubscribers && Remove(subscription => ReferenceEquals(subscription.Subscriber, subscriber));

    /// <summary>Ends the subscription of a subscriber to one type.</summary>
    /// <returns>False if there was none.</returns>
    public bool Unsubscribe(IActorRef subscriber, Type channel) =>
        Remove(subscription => subscription == new Subscription(subscriber, channel));

    /// <summary>Tells an event to everyone who subscribed to its type or a base of it.</summary>
    public void Publish(object @event)
    {
        foreach (var (subscriber, channel) in _subscriptions)
        {
            if (channel.IsInstanceOfType(@event))
                subscriber.Tell(@event, null);
        }
    }

    private bool Remove(Predicate<Subscription> isEnded)
    {
        lock (_lock)
        {
            var before = _subscriptions.Length;
            _subscriptions = Array.FindAll(_subscriptions, subscription => !isEnded(subscription));
            return _subscriptions.Length < before;
        }
    }

    private sealed record Subscription(IActorRef Subscriber, Type Channel);
}

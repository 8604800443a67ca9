namespace NuCypher.P2P.ActorRuntime;

/// <summary>The handlers of one behaviour, tried in the order of their registration.</summary>
internal sealed class MessageMatchers
{
    private readonly List<Matcher> _matchers = [];

    public void Add<T>(Func<T, bool> handler) => _matchers.Add(new Matcher<T>(handler));

    public void Add<T>(Action<T> handler, Predicate<T>? shouldHandle) => _matchers.Add(new ActionMatcher<T>(handler, shouldHandle));

    public void Add(Type type, Func<object, bool> handler) =>
        _matchers.Add(new Matcher<object>(message => type.IsInstanceOfType(message) && handler(message)));

    public bool TryHandle(object message)
    {
        foreach (var matcher in _matchers)
        {
            if (matcher.TryHandle(message))
                return true;
        }

        return false;
    }

    private abstract class Matcher
    {
        public abstract bool TryHandle(object message);
    }

    private sealed class Matcher<T>(Func<T, bool> handler) : Matcher
    {
        public override bool TryHandle(object message) => message is T typed && handler(typed);
    }

    /// <summary>Without a closure around the handler: each actor of a process has a dozen of these.</summary>
    private sealed class ActionMatcher<T>(Action<T> handler, Predicate<T>? shouldHandle) : Matcher
    {
        public override bool TryHandle(object message)
        {
            if (message is not T typed || shouldHandle?.Invoke(typed) == false)
                return false;
            handler(typed);
            return true;
        }
    }
}

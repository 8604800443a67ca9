using System.Diagnostics.CodeAnalysis;

namespace NuCypher.P2P.ActorRuntime;

/// <summary>How to make an actor: a factory and its deployment; immutable.</summary>
public sealed record Props
{
    private Props(Type type, Func<ActorBase> factory) => (Type, Factory) = (type, factory);

    /// <summary>The type of the actor as far as it is known; for logs.</summary>
    public Type Type { get; }

    /// <summary>The strategy for the actor's children; null for the actor's own.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    /// <summary>How many messages may wait; null for the system's limit.</summary>
    public int? MailboxCapacity { get; private init; }

    /// <summary>How many messages may be stashed; null for the system's limit.</summary>
    public int? StashCapacity { get; private init; }

    internal Func<ActorBase> Factory { get; }

    /// <summary>From a factory, which runs again at every restart.</summary>
    public static Props Create<TActor>(Func<TActor> factory)
        where TActor : ActorBase => new(typeof(TActor), factory);

    /// <summary>From a type with a parameterless constructor.</summary>
    public static Props Create<TActor>()
        where TActor : ActorBase, new() => new(typeof(TActor), static () => new TActor());

    /// <summary>From a type and the arguments of its constructor.</summary>
    public static Props Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TActor>(params object[] args)
        where TActor : ActorBase => new(typeof(TActor), () => (ActorBase)Activator.CreateInstance(typeof(TActor), args)!);

    /// <summary>The same actor with another strategy for its children.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        this with { SupervisorStrategy = supervisorStrategy };

    /// <summary>The same actor with another limit on its mailbox; what does not fit is dropped and counted.</summary>
    public Props WithMailboxCapacity(int mailboxCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mailboxCapacity, 1);
        return this with { MailboxCapacity = mailboxCapacity };
    }

    /// <summary>The same actor with another limit on its stash.</summary>
    public Props WithStashCapacity(int stashCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stashCapacity, 1);
        return this with { StashCapacity = stashCapacity };
    }
}

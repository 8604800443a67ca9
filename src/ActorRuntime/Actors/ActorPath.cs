namespace NuCypher.P2P.ActorRuntime;

/// <summary>The name of an actor in its system, for example <c>akka://node/user/kademlia</c>.</summary>
/// <remarks>Holds its own name and its parent, so that an actor's path costs two references.</remarks>
public sealed class ActorPath : IEquatable<ActorPath>
{
    private readonly ActorPath? _parent;

    /// <summary>The root of a system.</summary>
    /// <param name="systemName">The name of the system.</param>
    internal ActorPath(string systemName) => Name = systemName;

    private ActorPath(ActorPath parent, string name) => (_parent, Name) = (parent, name);

    /// <summary>The last element: the actor's name among its siblings.</summary>
    public string Name { get; }

    /// <summary>The path of the parent; the root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    /// <summary>The path of a child of this actor.</summary>
    public static ActorPath operator /(ActorPath path, string name) => Divide(path, name);

    /// <summary>The path of a child of this actor.</summary>
    public static ActorPath Divide(ActorPath path, string name)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ActorPath(path, name);
    }

    /// <inheritdoc/>
    public override string ToString() => _parent is null ? $"akka://{Name}" : $"{_parent}/{Name}";

    /// <inheritdoc/>
    public bool Equals(ActorPath? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Name == other.Name && (_parent is null ? other._parent is null : _parent.Equals(other._parent)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Ursula;

/// <summary>What happened to one policy at one Ursula: persisted first, then applied.</summary>
public abstract record PolicyEvent
{
    /// <summary>Names kind and version of the event in a journal.</summary>
    public abstract string Manifest { get; }

    /// <summary>
    /// Whether everything persisted before this event must be deleted: the policy is over and its kfrag must go.
    /// </summary>
    public virtual bool EndsHistory => false;

    /// <summary>The event's fields, as <see cref="PolicyEvents.TryRead"/> takes them.</summary>
    public byte[] ToBytes()
    {
        var writer = new FieldWriter();
        Write(writer);
        return writer.ToArray();
    }

    internal abstract void Write(FieldWriter writer);
}

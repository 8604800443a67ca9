using NuCypher.P2P.Policy.Wire;

namespace NuCypher.P2P.Policy.Alice;

/// <summary>What happened to Alice's grants: persisted first, then applied.</summary>
public abstract record GrantEvent
{
    /// <summary>Names kind and version of the event in a journal.</summary>
    public abstract string Manifest { get; }

    /// <summary>The event's fields, as <see cref="GrantEvents.TryRead"/> takes them.</summary>
    public byte[] ToBytes()
    {
        var writer = new FieldWriter();
        Write(writer);
        return writer.ToArray();
    }

    internal abstract void Write(FieldWriter writer);
}

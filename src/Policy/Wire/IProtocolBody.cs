namespace NuCypher.P2P.Policy.Wire;

/// <summary>The fields of one kind of signed protocol object, between its header and its signature.</summary>
/// <typeparam name="TSelf">The kind itself.</typeparam>
public interface IProtocolBody<TSelf>
    where TSelf : class, IProtocolBody<TSelf>
{
    /// <summary>The brand and the newest version of this kind.</summary>
    static abstract ProtocolHeader Header { get; }

    /// <summary>The longest object of this kind that is read, in bytes.</summary>
    static virtual int MaxSize => SignedMessage.MaxSize;

    /// <summary>
    /// Reads the fields in their order; null, or a reader that failed, refuses the object. Never throws.
    /// </summary>
    static abstract TSelf? Read(ref FieldReader reader);

    /// <summary>Appends the fields in their order.</summary>
    void Write(FieldWriter writer);
}
